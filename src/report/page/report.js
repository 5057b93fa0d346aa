// The script of the report: language, tables to copy, and the concordance. It draws nothing by innerHTML, so that text
// stays text, and loads nothing.
"use strict";

(() => {
  const MOST_SHOWN = 100; // lines on a page
  const CONTEXT = 60; // characters on either side of the node
  const MOST_OPTIONS = 400; // values that a list of choices has; with more, one types
  const KEYS = ["text", "stance", "category", "marker", "group", "document", "negated", "quoted", "interrogative", "position", "fifth"];

  const catalogues = JSON.parse(document.getElementById("words").textContent);
  let catalogue = catalogues[0];

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const at = (id) => document.getElementById(id);
  const number = (value) => value.toLocaleString("en-US");

  /** The words of a key with values in it. */
  function say(key, values = {}) {
    let sentence = catalogue.words[key.replace("lines.", "")];
    if (typeof sentence === "object") sentence = sentence[values.count === "1" ? "one" : "other"];
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  // What would show text in another order, or not at all, shows as its code point.
  const OBEYED = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
  const shown = (text) => text.replace(OBEYED, (character) => "\\u{" + character.codePointAt(0).toString(16) + "}");

  // Language.

  function setLanguage(code) {
    catalogue = catalogues.find((known) => known.code === code) ?? catalogues[0];
    document.documentElement.lang = catalogue.code;
    document.title = say("lines.title");
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === catalogue.code));
    }
    for (const labelled of document.querySelectorAll("[data-en]")) {
      labelled.setAttribute("aria-label", labelled.dataset[catalogue.code]);
    }
    for (const cell of document.querySelectorAll("[data-category]")) {
      cell.textContent = catalogue.categories[cell.dataset.category] ?? cell.dataset.category;
    }
    if (lines) drawAll();
  }

  // Copying.

  let silence = 0;
  function announce(sentence) {
    const said = at("said");
    said.textContent = sentence;
    said.hidden = false;
    clearTimeout(silence);
    silence = setTimeout(() => { said.hidden = true; }, 4000);
  }

  async function copy(text, sentence) {
    try {
      await navigator.clipboard.writeText(text);
      announce(sentence);
    } catch {
      const area = element("textarea", { value: text });
      document.body.append(area);
      area.select();
      const copied = document.execCommand("copy");
      area.remove();
      announce(copied ? sentence : say("lines.not_copied"));
    }
  }

  const flat = (text) => text.replace(/[\t\r\n]+/g, " ");
  const asTabs = (rows) => rows.map((row) => row.map((cell) => flat(String(cell))).join("\t")).join("\n") + "\n";

  function copyTable(button) {
    const rows = button.parentElement.querySelectorAll("tr");
    copy(asTabs(Array.from(rows, (row) => Array.from(row.cells, (cell) => cell.textContent))), say("lines.table_copied"));
  }

  // The lines: columns of the same length, and what recurs in them.

  let lines = null;

  async function unpack() {
    const encoded = atob(at("data").textContent);
    const bytes = new Uint8Array(encoded.length);
    for (let index = 0; index < encoded.length; index++) bytes[index] = encoded.charCodeAt(index);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    const { texts, columns } = JSON.parse(await new Response(stream).text());
    return { ...columns, texts, all: columns.place.length };
  }

  const FLAGS = { negated: 1, interrogative: 2, quoted: 4 };
  const whole = (line) => lines.texts[lines.whole[line]];
  const left = (line) => whole(line).slice(0, lines.left[line]);
  const node = (line) => whole(line).substr(lines.left[line], lines.node[line]);
  const right = (line) => whole(line).slice(lines.left[line] + lines.node[line]);
  const stance = (line) => lines.marker_stance[lines.marker[line]];

  /** What a filter looks at: how many values there are, their names, and the index of a line's value. */
  function facet(key, by = lines.by) {
    const flag = FLAGS[key];
    if (flag) return { values: ["false", "true"], of: (line) => Number((lines.flags[line] & flag) !== 0) };
    switch (key) {
      case "stance": return { values: ["hedge", "assertive"], of: (line) => Number(stance(line) === "assertive") };
      case "category": return { values: lines.categories, of: (line) => lines.marker_category[lines.marker[line]] };
      case "marker": return { values: lines.markers, of: (line) => lines.marker[line] };
      case "document": return { values: lines.documents, of: (line) => lines.document[line] };
      case "position": return { values: lines.positions, of: (line) => lines.position[line] };
      case "fifth": return { values: ["1", "2", "3", "4", "5"], of: (line) => lines.fifth[line] - 1 };
      case "group": {
        if (by === lines.by) return { values: lines.groups, of: (line) => lines.document_group[lines.document[line]] ?? -1 };
        const variable = lines.variables.indexOf(by);
        if (variable < 0) return null;
        return { values: lines.values[variable], of: (line) => lines.document_values[variable][lines.document[line]] };
      }
      default: return null;
    }
  }

  function nameOfKey(key, by) {
    if (key === "group") return by ?? lines.by ?? say("lines.group");
    const names = {
      "text": "lines.text", "stance": "lines.stance", "category": "lines.category", "marker": "lines.marker",
      "document": "lines.document", "negated": "lines.negated", "quoted": "lines.quoted",
      "interrogative": "lines.interrogative", "position": "lines.position", "fifth": "lines.fifth",
    };
    return names[key] ? say(names[key]) : key;
  }

  const NAMED = {
    "true": "lines.true", "false": "lines.false", "hedge": "lines.hedge", "assertive": "lines.assertive",
    "predicate": "lines.predicate", "adnominal": "lines.adnominal", "adverbial": "lines.adverbial", "other": "lines.other",
  };
  function nameOfValue(key, value) {
    if (value === "") return say("lines.empty");
    if (key === "category") return catalogue.categories[value] ?? value;
    const isNamed = key === "stance" || key === "position" || key in FLAGS;
    return isNamed && NAMED[value] ? say(NAMED[value]) : shown(value);
  }

  // What is asked for stands in the address, so that links, the back button and bookmarks lead to it:
  // #lines?KEY=VALUE&…, in the order of the chips.

  let asked = [];
  let selected = [];
  let page = 0;
  let opened = -1;

  const decoded = (text) => {
    try { return decodeURIComponent(text.replace(/\+/g, "%20")); } catch { return text; }
  };

  function readAddress() {
    const query = location.hash.startsWith("#lines?") ? location.hash.slice(7) : "";
    return query.split("&").filter(Boolean).map((part) => {
      const [key, ...value] = part.split("=");
      return [decoded(key), decoded(value.join("="))];
    });
  }

  function ask(pairs) {
    const query = pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
    const hash = query ? `#lines?${query}` : "#lines";
    if (location.hash === hash) follow(); else location.hash = hash;
  }

  const valueOf = (key) => asked.find(([known]) => known === key)?.[1];
  const others = (...keys) => asked.filter(([key]) => !keys.includes(key));

  /** The filters of the address, each as a test of a line. */
  function tests(pairs) {
    const by = pairs.find(([key]) => key === "by")?.[1] ?? lines.by;
    return pairs.filter(([key]) => !["by", "sort", "seed", "page"].includes(key)).map(([key, value]) => {
      if (key === "text") {
        const wanted = value.toLowerCase();
        const found = new Map(); // by text: lines of a sentence share it
        return { key, value, by, test: (line) => {
          const text = lines.whole[line];
          if (!found.has(text)) found.set(text, lines.texts[text].toLowerCase().includes(wanted));
          return found.get(text);
        } };
      }
      const known = KEYS.includes(key) ? facet(key, by) : null;
      if (!known) return { key, value, by, test: null };
      const index = known.values.indexOf(value);
      return { key, value, by, test: (line) => index >= 0 && known.of(line) === index };
    });
  }

  function select() {
    let rest = Array.from({ length: lines.all }, (_, line) => line);
    const chips = tests(asked);
    for (const chip of chips) {
      if (chip.test) rest = rest.filter(chip.test);
      chip.left = rest.length;
    }
    selected = sorted(rest);
    return chips;
  }

  // Order.

  const before = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

  /** A generator of numbers from 0 to 1 by a seed (mulberry32). */
  function random(seed) {
    let state = seed >>> 0;
    return () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }

  /** By value: its place among all. */
  function ranks(values) {
    const order = values.map((_, index) => index);
    const compare = new Intl.Collator("ja", { numeric: true }).compare;
    order.sort((one, other) => compare(values[one], values[other]) || one - other);
    const ranks = new Uint32Array(values.length);
    order.forEach((index, rank) => { ranks[index] = rank; });
    return ranks;
  }

  function sorted(rest) {
    const order = valueOf("sort") ?? "";
    if (order === "random") {
      const next = random(Number(valueOf("seed") ?? 1));
      for (let last = rest.length - 1; last > 0; last--) {
        const drawn = Math.floor(next() * (last + 1));
        [rest[last], rest[drawn]] = [rest[drawn], rest[last]];
      }
      return rest;
    }
    let key = null;
    const side = /^([LR])([123])$/.exec(order);
    if (side) {
      const from = Number(side[2]) - 1;
      key = side[1] === "L"
        ? (line) => Array.from((lines.texts[lines.previous[line]] + left(line)).slice(-12)).reverse().slice(from, from + 4).join("")
        : (line) => Array.from((right(line) + lines.texts[lines.next[line]]).slice(0, 12)).slice(from, from + 4).join("");
    } else if (order === "node") {
      key = node;
    } else if (order === "marker" || order === "document") {
      const known = facet(order);
      const rank = ranks(known.values);
      key = (line) => rank[known.of(line)];
    } else if (order.startsWith("variable:")) {
      const known = facet("group", order.slice(9));
      if (!known) return rest;
      const rank = ranks(known.values);
      key = (line) => rank[known.of(line)] ?? -1;
    }
    if (!key) return rest;
    const keys = new Map(rest.map((line) => [line, key(line)]));
    return rest.sort((one, other) => before(keys.get(one), keys.get(other)) || one - other);
  }

  // Controls.

  function drawOrders() {
    const choices = [["", say("lines.order_text")]];
    if (lines.has_texts) {
      for (const n of [1, 2, 3]) choices.push([`L${n}`, say("lines.order_left", { "n": n })]);
      for (const n of [1, 2, 3]) choices.push([`R${n}`, say("lines.order_right", { "n": n })]);
      choices.push(["node", say("lines.order_node")]);
    }
    choices.push(["marker", say("lines.order_marker")], ["document", say("lines.order_document")]);
    for (const variable of lines.variables) {
      choices.push([`variable:${variable}`, say("lines.order_variable", { "variable": shown(variable) })]);
    }
    choices.push(["random", say("lines.order_random")]);
    const order = valueOf("sort") ?? "";
    at("sort").replaceChildren(...choices.map(([value, text]) => element("option", { value, textContent: text, selected: value === order })));
    at("seed-label").hidden = order !== "random";
    at("seed").value = valueOf("seed") ?? 1;
    at("position-note").hidden = !/^[LR][123]$/.test(order);
    at("search").value = valueOf("text") ?? "";
    at("search").parentElement.hidden = !lines.has_texts;
  }

  /** How many of the lines that the other filters leave have each value. */
  function counts(key, by) {
    const kept = tests(asked.filter(([known]) => known !== key)).filter(({ test }) => test);
    const known = facet(key, by);
    const counts = new Uint32Array(known.values.length);
    for (let line = 0; line < lines.all; line++) {
      if (kept.every(({ test }) => test(line))) {
        const value = known.of(line);
        if (value >= 0) counts[value]++;
      }
    }
    return { values: known.values, counts };
  }

  function drawFilters() {
    const made = [];
    const byAsked = valueOf("by") ?? lines.by;
    const choices = KEYS.filter((key) => key !== "text" && key !== "group").map((key) => [key, undefined]);
    const variables = lines.by && !lines.variables.includes(lines.by) ? [lines.by, ...lines.variables] : lines.variables;
    choices.push(...variables.map((variable) => ["group", variable]));
    for (const [key, by] of choices) {
      const current = key === "group" && by !== byAsked ? undefined : valueOf(key);
      const name = nameOfKey(key, by);
      const set = (value) => {
        const rest = others(...(key === "group" ? ["group", "by", "page"] : [key, "page"]));
        const more = key === "group" ? [["by", by], ["group", value]] : [[key, value]];
        ask(value === null ? rest : [...rest, ...more]);
      };
      const known = facet(key, by);
      if (!known || known.values.length < 2 && !current) continue;
      if (known.values.length > MOST_OPTIONS) {
        const list = element("datalist", { id: `values-${made.length}` });
        list.append(...known.values.slice(0, 5000).map((value) => element("option", { value })));
        const input = element("input", { type: "search", value: current ?? "", placeholder: name });
        input.setAttribute("list", list.id);
        input.setAttribute("aria-label", name);
        input.addEventListener("change", () => set(known.values.includes(input.value) ? input.value : null));
        made.push(input, list);
        continue;
      }
      const { values, counts: of } = counts(key, by);
      const options = values.map((value, index) => [value, of[index]]).filter(([value, count]) => count > 0 || value === current);
      if (key !== "fifth" && key !== "group") options.sort((one, other) => other[1] - one[1]);
      const select = element("select", {}, element("option", { value: "", textContent: say("lines.any", { "filter": name }) }));
      select.setAttribute("aria-label", name);
      options.forEach(([value, count], index) => {
        const text = `${name}: ${say("lines.option", { "value": nameOfValue(key, value), "count": number(count) })}`;
        select.append(element("option", { value: String(index + 1), textContent: text, selected: value === current }));
      });
      select.addEventListener("change", () => set(select.value ? options[Number(select.value) - 1][0] : null));
      made.push(select);
    }
    at("filters").replaceChildren(...made);
  }

  function drawChips(chips) {
    at("chips").replaceChildren(...chips.map(({ key, value, by, test, left }) => {
      const filter = `${nameOfKey(key, by)}: ${nameOfValue(key, value)}`;
      const text = test ? say("lines.leaves", { filter, "count": number(left) }) : say("lines.unknown", { "filter": shown(key) });
      const button = element("button", { type: "button", textContent: text, title: say("lines.leaves_title") });
      button.setAttribute("aria-label", `${text}. ${say("lines.remove", { filter })}`);
      button.addEventListener("click", () => ask(others(...(key === "group" ? ["group", "by", "page"] : [key, "page"]))));
      return element("li", {}, button);
    }));
    at("clear").hidden = chips.length === 0;
    const all = number(lines.all);
    const count = number(selected.length);
    at("total").textContent = chips.length ? say("lines.of_total", { count, all }) : say("lines.total", { count });
    if (!selected.length) at("total").textContent = say("lines.none");
  }

  // Lines.

  const bdi = (text) => element("bdi", { textContent: shown(text) });

  function contextCells(line) {
    const own = left(line);
    const shortBy = CONTEXT - own.length;
    const previous = shortBy > 1 ? lines.texts[lines.previous[line]].slice(-shortBy) : "";
    const behind = right(line);
    const next = CONTEXT - behind.length > 1 ? lines.texts[lines.next[line]].slice(0, CONTEXT - behind.length) : "";
    const around = (text) => (text ? [element("span", { className: "around" }, bdi(text))] : []);
    return [
      element("td", { className: "left" }, element("div", {}, ...around(previous), bdi(own.slice(-CONTEXT)))),
      element("td", { className: "node" }, bdi(node(line))),
      element("td", { className: "right" }, bdi(behind.slice(0, CONTEXT)), ...around(next)),
    ];
  }

  function drawColumns() {
    const head = (name, text) => element("th", { className: name, scope: "col", textContent: text });
    const context = lines.has_texts
      ? [head("left", say("lines.column_left")), head("node", say("lines.column_node")), head("right", say("lines.column_right"))]
      : [head("offsets", say("lines.offsets")), head("marker", say("lines.marker"))];
    at("columns").replaceChildren(head("number", say("lines.column_line")), ...context, head("document", say("lines.column_document")));
  }

  function drawLine(line) {
    const button = element("button", { type: "button", textContent: lines.place[line] });
    button.setAttribute("aria-label", say("lines.open", { "place": lines.place[line] }));
    button.setAttribute("aria-expanded", String(line === opened));
    const context = lines.has_texts ? contextCells(line) : [
      element("td", { className: "offsets", textContent: `${lines.start[line]}–${lines.end[line]}` }),
      element("td", { className: "marker" }, bdi(lines.markers[lines.marker[line]])),
    ];
    const row = element("tr", { className: `line ${stance(line)}${lines.flags[line] & FLAGS.negated ? " negated" : ""}` },
      element("td", { className: "number" }, button), ...context,
      element("td", { className: "document", title: shown(lines.documents[lines.document[line]]) }, bdi(lines.documents[lines.document[line]])));
    row.addEventListener("click", () => {
      if (String(getSelection())) return;
      opened = line === opened ? -1 : line;
      drawRows();
      document.querySelector(`[data-line="${line}"] button`)?.focus();
    });
    row.dataset.line = line;
    return line === opened ? [row, drawSheet(line)] : [row];
  }

  function drawSheet(line) {
    const parts = [];
    if (lines.has_texts) {
      parts.push(element("p", { className: "passage" },
        element("span", { className: "around" }, bdi(lines.texts[lines.previous[line]])),
        bdi(left(line)), element("mark", {}, bdi(node(line))), bdi(right(line)),
        element("span", { className: "around" }, bdi(lines.texts[lines.next[line]]))));
    }
    const yes = (key) => say(lines.flags[line] & FLAGS[key] ? "lines.true" : "lines.false");
    const of = lines.document[line];
    const facts = [
      [say("lines.document"), lines.documents[of]],
      ...lines.variables.map((variable, index) => [variable, lines.values[index][lines.document_values[index][of]] ?? ""]),
      [say("lines.marker"), lines.markers[lines.marker[line]]],
      [say("lines.stance"), nameOfValue("stance", stance(line))],
      [say("lines.category"), nameOfValue("category", lines.categories[lines.marker_category[lines.marker[line]]])],
      [say("lines.position"), nameOfValue("position", lines.positions[lines.position[line]])],
      [say("lines.negated"), yes("negated")],
      [say("lines.interrogative"), yes("interrogative")],
      [say("lines.quoted"), yes("quoted")],
      [say("lines.sentence"), number(lines.sentence[line])],
      [say("lines.offsets"), `${lines.start[line]}–${lines.end[line]}`],
      [say("lines.fifth"), lines.fifth[line] || "–"],
      [say("lines.place"), number(lines.place[line])],
    ];
    const list = element("dl", {}, ...facts.map(([name, value]) => element("div", {}, element("dt", {}, bdi(name)), element("dd", {}, bdi(String(value))))));
    const cell = element("td", { colSpan: lines.has_texts ? 5 : 4 }, element("div", { className: "sheet" }, ...parts, list));
    return element("tr", { className: `opened ${stance(line)}` }, cell);
  }

  function drawRows() {
    const pages = Math.max(1, Math.ceil(selected.length / MOST_SHOWN));
    page = Math.min(Math.max(page, 0), pages - 1);
    const from = page * MOST_SHOWN;
    const here = selected.slice(from, from + MOST_SHOWN);
    at("rows").replaceChildren(...here.flatMap(drawLine));
    at("page").textContent = here.length ? say("lines.page", { "from": number(from + 1), "to": number(from + here.length) }) : "";
    at("earlier").disabled = page === 0;
    at("later").disabled = page + 1 >= pages;
  }

  function drawAll() {
    const chips = select();
    drawOrders();
    drawFilters();
    drawChips(chips);
    drawColumns();
    drawRows();
  }

  /** Shows what the address asks for. */
  function follow() {
    asked = readAddress();
    page = 0;
    opened = -1;
    drawAll();
    const kwic = document.querySelector(".kwic");
    // The node stands in the middle, on a narrow screen too.
    kwic.scrollLeft = (kwic.scrollWidth - kwic.clientWidth) / 2.15;
  }

  // Taking lines along.

  const COLUMNS = ["document", "line", "sentence", "start", "end", "left", "node", "right", "marker", "stance", "category",
    "negated", "interrogative", "quoted", "position", "previous", "next"];

  function table() {
    const flag = (line, key) => String((lines.flags[line] & FLAGS[key]) !== 0);
    const rows = selected.map((line) => [
      lines.documents[lines.document[line]], lines.line[line], lines.sentence[line], lines.start[line], lines.end[line],
      left(line), node(line), right(line), lines.markers[lines.marker[line]], stance(line),
      lines.categories[lines.marker_category[lines.marker[line]]],
      flag(line, "negated"), flag(line, "interrogative"), flag(line, "quoted"), lines.positions[lines.position[line]],
      lines.texts[lines.previous[line]], lines.texts[lines.next[line]],
      ...lines.variables.map((_, index) => lines.values[index][lines.document_values[index][lines.document[line]]] ?? ""),
    ]);
    return [[...COLUMNS, ...lines.variables], ...rows];
  }

  // As in the tables of a run: a text that a spreadsheet would run as a formula begins with an apostrophe.
  function asCsv(rows) {
    const cell = (value) => {
      const text = typeof value === "string" && /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    return "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\n").join("");
  }

  function saveCsv() {
    const address = URL.createObjectURL(new Blob([asCsv(table())], { type: "text/csv" }));
    const link = element("a", { href: address, download: "lines.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  // Beginning.

  function listen() {
    let typing = 0;
    at("search").addEventListener("input", (event) => {
      if (event.isComposing) return;
      clearTimeout(typing);
      typing = setTimeout(() => {
        const value = at("search").value;
        if (value === (valueOf("text") ?? "")) return;
        const pairs = value ? [...others("text", "page"), ["text", value]] : others("text", "page");
        // Typing makes no trail of steps to go back over.
        const query = pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
        history.replaceState(null, "", query ? `#lines?${query}` : "#lines");
        follow();
      }, 250);
    });
    at("search").addEventListener("compositionend", () => at("search").dispatchEvent(new Event("input")));
    at("sort").addEventListener("change", () => {
      const order = at("sort").value;
      ask(order ? [...others("sort", "seed"), ["sort", order]] : others("sort", "seed"));
    });
    at("seed").addEventListener("change", () => ask([...others("seed"), ["seed", at("seed").value || "1"]]));
    at("clear").addEventListener("click", () => ask(asked.filter(([key]) => key === "sort" || key === "seed")));
    at("copy-lines").addEventListener("click", () => copy(asTabs(table()), say("lines.copied", { "count": number(selected.length) })));
    at("csv-lines").addEventListener("click", saveCsv);
    for (const [id, step] of [["earlier", -1], ["later", 1]]) {
      at(id).addEventListener("click", () => {
        page += step;
        opened = -1;
        drawRows();
        at("table").scrollIntoView({ block: "start" });
      });
    }
    addEventListener("hashchange", () => {
      if (!location.hash.startsWith("#lines")) return;
      follow();
      at("lines").scrollIntoView();
    });
  }

  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => setLanguage(button.dataset.language));
  }
  for (const button of document.querySelectorAll(".copy-table")) {
    button.addEventListener("click", () => copyTable(button));
  }
  for (const button of document.querySelectorAll(".copy-text")) {
    button.addEventListener("click", () => copy(at(button.dataset.of).textContent, say("lines.text_copied")));
  }
  setLanguage(navigator.languages.some((language) => language.startsWith("ja")) ? "ja" : "en");

  async function begin() {
    if (!at("data") || !at("concordance") || typeof DecompressionStream === "undefined") return;
    at("needs-script").hidden = true;
    at("loading").hidden = false;
    document.documentElement.dataset.ready = "";
    // What stands above is shown first.
    await new Promise((resume) => requestAnimationFrame(() => setTimeout(resume)));
    try {
      lines = await unpack();
      at("concordance").hidden = false;
      listen();
      follow();
      if (location.hash.startsWith("#lines")) at("lines").scrollIntoView();
      document.documentElement.dataset.lines = lines.all;
    } catch (error) {
      delete document.documentElement.dataset.ready;
      at("needs-script").hidden = false;
      at("needs-script").textContent = say("lines.broken", { "error": String(error) });
    }
    at("loading").hidden = true;
  }
  begin();
})();
