// Opens the pages that `run` has made and tries what a reader does: `node report.mjs RUNS [OPTION …]`, with the options of `run`.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { contrasts, overlaps } from "./looks.mjs";

const { values: options, positionals: [runs] } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, screenshots: { type: "string" }, images: { type: "boolean" } },
});
const { screenshots } = options;
const HOSTILE = ["<script>alert(1)</script>", "]]>", "<!--", "</style><b>太字</b>", "${alert(1)}", "{{ 7 * 7 }}"];

/** The rows of a table of a run, by the names of its columns. */
function table(run, name) {
  const text = fs.readFileSync(path.join(runs, run, name), "utf8").replace(/^\ufeff/, "");
  const rows = [];
  let row = [], cell = "", quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') { cell += '"'; at++; } else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ",") { row.push(cell); cell = ""; }
    else if (character === "\n") { rows.push([...row, cell]); row = []; cell = ""; }
    else cell += character;
  }
  const [header, ...rest] = rows;
  return rest.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index]])));
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });

/** Opens the report of a run; whatever the browser complains of, or asks the network for, fails the test. */
async function open(run, { width = 1280, scheme = "light", locale = "ja-JP", hash = "" } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, locale, reducedMotion: "reduce", acceptDownloads: true });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(error.message));
  page.on("dialog", (dialog) => { page.complaints.push(dialog.message()); dialog.dismiss(); });
  page.on("request", (request) => { if (!/^(file|data|blob):/.test(request.url())) page.complaints.push(request.url()); });
  const address = `file://${path.join(runs, run, "report.html")}`;
  await page.goto(address + hash);
  await page.waitForSelector("html[data-lines]", { timeout: 60000 });
  return page;
}

async function close(page) {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

const total = async (page) => {
  const text = (await page.textContent("#total")).replaceAll(",", "");
  // 「369 行中 212 行」 or "212 of 369 lines".
  const numbers = text.match(/\d+/g)?.map(Number) ?? [0];
  return numbers.length === 1 ? numbers[0] : text.includes("中") ? numbers[1] : numbers[0];
};

/** The rows of concordance.csv that the filters of a link leave. */
function expected(run, link) {
  const pairs = new URLSearchParams(link.split("?")[1] ?? "");
  const by = pairs.get("by");
  const sizes = new Map(table(run, "documents.csv").map((row) => [row.document, Number(row.characters)]));
  return table(run, "concordance.csv").filter((row) => [...pairs].every(([key, value]) => {
    if (key === "by") return true;
    if (key === "group") return row[by] === value;
    if (key === "fifth") return Math.floor((Number(row.start) * 5) / sizes.get(row.document)) + 1 === Number(value);
    return row[key] === value;
  })).length;
}

const tests = {
  async "opens in the language of the browser, and the switch changes plots too"() {
    const page = await open("groups", { locale: "en-GB" });
    assert.equal(await page.getAttribute("html", "lang"), "en");
    const seen = () => page.$$eval("svg[lang]", (all) => all.filter((svg) => svg.checkVisibility()).map((svg) => svg.getAttribute("lang")));
    assert((await seen()).every((language) => language === "en"));
    await page.click("[data-language=ja]");
    assert.equal(await page.getAttribute("html", "lang"), "ja");
    assert((await seen()).length > 0 && (await seen()).every((language) => language === "ja"));
    assert.equal(await page.textContent("#total"), `${table("groups", "concordance.csv").length} 行`);
    const text = await page.innerText("body");
    assert(!text.includes("undefined") && !/\{\w+\}/.test(text), "a placeholder is left");
    await close(page);
  },

  async "finds a line, and opens its sentences and its document's variables"() {
    const page = await open("groups");
    const rows = table("groups", "concordance.csv");
    const wanted = rows.filter((row) => (row.left + row.node + row.right).includes("細胞")).length;
    await page.fill("#search", "細胞");
    await page.waitForFunction((wanted) => document.querySelectorAll("#rows .line").length === wanted, wanted);
    await page.click("#rows .line td.right");
    const sheet = await page.textContent("#rows .opened");
    const place = Number(await page.textContent("#rows .line button"));
    const row = rows[place - 1];
    for (const cell of [row.previous, row.left, row.next, row.document, row.marker, row.genre, row.year]) assert(sheet.includes(cell), cell);
    await close(page);
  },

  async "every link of a figure leads to exactly its rows, and the back button leads back"() {
    for (const run of ["groups", "large", "hostile"]) {
      const page = await open(run);
      const links = await page.$$eval('a[href^="#lines"]', (all) => [...new Set(all.map((link) => link.getAttribute("href")))]);
      assert(links.length > 2);
      const step = Math.ceil(links.length / (run === "groups" ? 200 : 12));
      for (const link of links.filter((_, index) => index % step === 0)) {
        await page.evaluate((link) => { location.hash = link; }, link);
        await page.waitForFunction((link) => location.hash === link, link);
        await page.waitForTimeout(30);
        assert.equal(await total(page), expected(run, link), `${run}: ${link}`);
      }
      await close(page);
    }
    const page = await open("groups");
    await page.locator('.twin[lang=ja] svg a[href*="group=health"] circle').first().click();
    await page.waitForSelector("#chips li");
    const chips = await page.locator("#chips li").count();
    await page.locator("#chips button").last().click();
    await page.waitForFunction((chips) => document.querySelectorAll("#chips li").length === chips - 1, chips);
    await page.goBack();
    await page.waitForFunction((chips) => document.querySelectorAll("#chips li").length === chips, chips);
    await close(page);
  },

  async "sorts by the characters beside the node, and at random by a seed"() {
    const page = await open("groups", { hash: "#lines?sort=L1" });
    const ends = await page.$$eval("#rows .line td.left", (cells) => cells.map((cell) => Array.from(cell.textContent).at(-1) ?? ""));
    assert.deepEqual(ends, [...ends].sort());
    await page.selectOption("#sort", "R1");
    await page.waitForFunction(() => location.hash.includes("R1"));
    const begins = await page.$$eval("#rows .line td.right", (cells) => cells.map((cell) => Array.from(cell.textContent)[0] ?? ""));
    assert.deepEqual(begins, [...begins].sort());
    const places = () => page.$$eval("#rows .number", (cells) => cells.map((cell) => cell.textContent).join());
    await page.selectOption("#sort", "random");
    const first = await places();
    await page.fill("#seed", "2");
    await page.press("#seed", "Enter");
    await page.waitForFunction(() => location.hash.includes("seed=2"));
    assert.notEqual(await places(), first);
    await close(page);
  },

  async "copies lines, and saves them as CSV as the tables are"() {
    const page = await open("hostile");
    await page.click("#copy-lines");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied.trim().split("\n").length, table("hostile", "concordance.csv").length + 1);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#csv-lines")]);
    const saved = fs.readFileSync(await download.path(), "utf8");
    assert(saved.startsWith("\ufeffdocument,line,sentence,"));
    assert(saved.split("\n").every((line) => !/(^|,)"?[=+@-]/.test(line)), "a formula is not disarmed");
    await page.locator("details:has(.copy-table) summary").first().click();
    await page.locator(".copy-table").first().click();
    await page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith("stance\t") || document.querySelector("#said").textContent !== "");
    await close(page);
  },

  async "hostile text is text"() {
    const page = await open("hostile");
    const text = await page.innerText("body");
    for (const part of HOSTILE.filter((part) => !part.includes("/"))) assert(text.includes(part), part);
    assert(text.includes("\\u{202e}") && !/[\u202a-\u202e\u2066-\u2069]/.test(text), "a mark of direction is obeyed");
    assert.equal(await page.locator("main img, main b, main script").count(), 0);
    assert.equal(await page.locator("script").count(), 3);
    const policy = await page.getAttribute("meta[http-equiv]", "content");
    assert.match(policy, /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/);
    await page.locator("#rows .line").first().click();
    await close(page);
  },

  async "a document alone, and a run without text, have a page"() {
    let page = await open("one");
    assert.equal(await total(page), table("one", "concordance.csv").length);
    await close(page);
    page = await open("without-text");
    assert.equal(await page.locator("#rows td.left").count(), 0);
    const html = fs.readFileSync(path.join(runs, "without-text", "report.html"), "utf8");
    assert(!html.includes("でしょう。"), "the page has a sentence");
    await close(page);
  },

  async "the keyboard reaches everything"() {
    const page = await open("groups");
    const reached = new Set();
    for (let step = 0; step < 400; step++) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(() => {
        const focused = document.activeElement;
        const style = getComputedStyle(focused);
        if (focused !== document.body && style.outlineStyle === "none") throw new Error(`no outline: ${focused.outerHTML}`);
        return focused.id || focused.dataset?.language || focused.closest("[id]")?.id || focused.tagName;
      });
      reached.add(name);
    }
    for (const name of ["ja", "en", "search", "sort", "filters", "copy-lines", "csv-lines", "rows"]) assert(reached.has(name), name);
    await page.locator("#rows button").first().focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#rows .opened").count(), 1);
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#rows .opened").count(), 0);
    await close(page);
  },

  async "nothing overlaps, is cut or scrolls sideways, and contrast suffices"() {
    for (const run of ["groups", "one", "large", "hostile", "without-text"]) {
      for (const [width, scheme, locale] of [[1280, "light", "ja-JP"], [390, "dark", "en-GB"], [390, "light", "ja-JP"], [1280, "dark", "en-GB"]]) {
        const page = await open(run, { width, scheme, locale });
        const where = `${run}, ${width}, ${scheme}`;
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, where);
        assert.deepEqual(await page.evaluate(overlaps), [], where);
        assert.deepEqual(await page.evaluate(contrasts), [], where);
        if (screenshots) await page.screenshot({ path: path.join(screenshots, `${run}-${width}-${scheme}.png`), fullPage: true });
        await close(page);
      }
    }
  },

  async "prints a sample of a hundred lines"() {
    for (const run of ["groups", "large"]) {
      const page = await open(run);
      await page.emulateMedia({ media: "print" });
      assert(!(await page.isVisible("#concordance")) && (await page.isVisible("#printed")));
      assert.equal(await page.locator("#printed tr").count(), 100);
      const pdf = await page.pdf({ format: "A4", ...(screenshots ? { path: path.join(screenshots, `${run}.pdf`) } : {}) });
      assert(pdf.length > 20000);
      await close(page);
    }
  },

  async "is soon there, with 100,000 lines too"() {
    assert(table("huge", "concordance.csv").length > 100000);
    for (const [run, lines] of [["large", table("large", "concordance.csv").length], ["huge", 100000]]) {
      const measured = [];
      // The fastest of three, as other programs may be at work.
      for (let time = 0; time < 3; time++) measured.push(await opening(run));
      const [paint, opened, sorted] = ["paint", "opened", "sorted"].map((part) => Math.min(...measured.map((one) => one[part])));
      const size = fs.statSync(path.join(runs, run, "report.html")).size;
      console.log(`        ${run}: first paint ${paint.toFixed(0)} ms, lines ${opened.toFixed(0)} ms, sorted ${sorted.toFixed(0)} ms, ${(size / 1e6).toFixed(1)} MB`);
      assert.equal(measured[0].lines, lines);
      // The aims are a second and two seconds on idle cores; a wall clock says no more than this where others work too.
      assert(paint < 3000 && opened < 10000 && sorted < 5000 && size < 15e6, run);
    }
  },
};

/** Milliseconds from the call of a page to its first paint and to its lines, and for ordering all of them by the left. */
async function opening(run) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    new MutationObserver(() => { window.opened ??= performance.now(); }).observe(document, { subtree: true, attributeFilter: ["data-lines"] });
  });
  await page.goto(`file://${path.join(runs, run, "report.html")}`);
  await page.waitForSelector("html[data-lines]");
  const measured = await page.evaluate(async () => {
    const begun = performance.now();
    location.hash = "#lines?sort=L1";
    await new Promise((resume) => addEventListener("hashchange", () => setTimeout(resume), { once: true }));
    return {
      paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
      opened: window.opened,
      sorted: performance.now() - begun,
      lines: Number(document.documentElement.dataset.lines),
    };
  });
  await context.close();
  return measured;
}

/** The images of the tutorial: the groups of the sample corpus, and the lines of a cell of them, in both languages. */
async function makeImages() {
  const folder = path.resolve(runs, "../../../docs/images");
  fs.mkdirSync(folder, { recursive: true });
  for (const [code, locale] of [["en", "en-GB"], ["ja", "ja-JP"]]) {
    const page = await open("groups", { width: 760, locale, hash: "#lines?negated=false&category=possibility&by=genre&group=health" });
    for (const [name, part, height] of [["groups", "#groups", 640], ["lines", "#chips", 280]]) {
      const { y } = await page.locator(part).boundingBox();
      const top = y + (await page.evaluate(() => scrollY)) - 10;
      await page.screenshot({ path: path.join(folder, `${name}-${code}.png`), clip: { x: 0, y: top, width: 760, height }, fullPage: true });
    }
    await close(page);
  }
}

if (options.images) {
  await makeImages();
  await browser.close();
  process.exit();
}
if (screenshots) fs.mkdirSync(screenshots, { recursive: true });
let failed = 0;
for (const [name, test] of Object.entries(tests).filter(([name]) => name.includes(options.only ?? ""))) {
  const begun = performance.now();
  try {
    await test();
    console.log(`ok ${((performance.now() - begun) / 1000).toFixed(0).padStart(3)} s  ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED    ${name}\n${error.stack}`);
  }
}
await browser.close();
process.exitCode = failed ? 1 : 0;
