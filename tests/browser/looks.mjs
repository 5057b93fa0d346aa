// What an eye would see; both functions run in the page.

/** Texts of plots that overlap each other or leave their drawing. */
export function overlaps() {
  const found = [];
  // The corners of what an eye takes for a text, slanted or not: the box of a line is higher than its letters.
  const corners = (text) => {
    const box = text.getBBox();
    const [left, right] = [box.x + 0.5, box.x + box.width - 0.5];
    const [top, bottom] = [box.y + 0.2 * box.height, box.y + 0.8 * box.height];
    const matrix = text.getScreenCTM();
    return [[left, top], [right, top], [right, bottom], [left, bottom]].map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));
  };
  // Two convex areas are apart if they are along the normal of one of their sides.
  const isApart = (one, other) => [one, other].some((area) => area.some((from, side) => {
    const to = area[(side + 1) % area.length];
    const along = ({ x, y }) => x * (from.y - to.y) + y * (to.x - from.x);
    const [own, others] = [one, other].map((area) => area.map(along));
    return Math.max(...own) <= Math.min(...others) || Math.max(...others) <= Math.min(...own);
  }));
  for (const svg of document.querySelectorAll(".plot svg")) {
    if (!svg.checkVisibility()) continue;
    const name = svg.getAttribute("aria-label");
    const frame = svg.getBoundingClientRect();
    const texts = Array.from(svg.querySelectorAll("text"), (text) => ({ text: text.textContent, area: corners(text) }));
    for (const [index, { text, area }] of texts.entries()) {
      if (!text.trim()) continue;
      const leaves = area.some(({ x, y }) => x < frame.left - 1 || x > frame.right + 1 || y < frame.top - 1 || y > frame.bottom + 1);
      if (leaves) found.push(`${text} leaves ${name}`);
      for (const other of texts.slice(index + 1)) {
        if (other.text.trim() && !isApart(area, other.area)) found.push(`${text} and ${other.text} in ${name}`);
      }
    }
  }
  return found;
}

/** Texts outside of plots with a contrast below 4.5 (WCAG 2.1, 1.4.3). */
export function contrasts() {
  const parse = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = new Set();
  for (const element of document.querySelectorAll("body *:not(svg):not(svg *):not(script)")) {
    const own = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || element.disabled) continue;
    const [one, other] = [parse(getComputedStyle(element).color), ground(element)].map(luminance);
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) found.add(`${element.tagName}.${element.className}: ${contrast.toFixed(2)}`);
  }
  return Array.from(found);
}
