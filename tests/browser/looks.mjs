// What an eye would see; both functions run in the page.

/** Texts of plots that overlap each other or leave their drawing. */
export function overlaps() {
  const found = [];
  for (const svg of document.querySelectorAll(".plot svg")) {
    if (!svg.checkVisibility()) continue;
    const frame = svg.getBoundingClientRect();
    // The box of a slanted text is larger than its letters.
    const texts = Array.from(svg.querySelectorAll("text:not([transform])"), (text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
    for (const [index, { text, box }] of texts.entries()) {
      if (!box.width) continue;
      if (box.left < frame.left - 2 || box.right > frame.right + 2 || box.bottom > frame.bottom + 2) found.push(`${text} leaves ${svg.getAttribute("aria-label")}`);
      for (const other of texts.slice(index + 1)) {
        const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        // Boxes of lines are higher than their letters.
        if (wide > 1.5 && high > 0.35 * Math.min(box.height, other.box.height)) found.push(`${text} and ${other.text} in ${svg.getAttribute("aria-label")}`);
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
