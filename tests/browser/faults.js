// Returns what is wrong with the page as a list of sentences. Run as the body of a function.
const faults = [];
const root = document.documentElement;
// What is hidden is not there yet.
const count = (selector) => document.querySelectorAll(`${selector}:not([hidden] *)`).length;

if (root.lang === "") faults.push("no language");
if (document.title.trim() === "") faults.push("no title");
if (count("main") !== 1) faults.push("not one main part");
if (count("h1") !== 1) faults.push("not one headline");
if (root.scrollWidth > root.clientWidth) faults.push("wider than the window");
for (const field of document.querySelectorAll("input:not([type=hidden], [hidden])")) {
  if (field.labels.length === 0) faults.push(`nothing says what ${field.id} is for`);
}
for (const image of document.images) {
  if (!image.hasAttribute("alt")) faults.push(`no text for ${image.src}`);
}

// Contrast as WCAG 2 reckons it. A canvas knows every way to write a colour, and how they mix.
const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 })
  .getContext("2d", { willReadFrequently: true });
const paint = (colors) => {
  for (const color of colors) {
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
  }
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
};
const luminance = (rgb) => {
  const [r, g, b] = rgb.map((channel) => channel / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
  const element = node.parentElement;
  const isRead = node.data.trim() !== "" && element.checkVisibility()
    && element.closest("script, style, noscript, [aria-hidden=true]") === null;
  if (!isRead) continue;
  const grounds = ["Canvas"];
  for (let it = element; it !== null; it = it.parentElement) {
    grounds.splice(1, 0, getComputedStyle(it).backgroundColor);
  }
  const style = getComputedStyle(element);
  const size = parseFloat(style.fontSize);
  const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const found = contrast(paint(grounds), paint([...grounds, style.color]));
  if (found < (isLarge ? 3 : 4.5)) {
    faults.push(`"${node.data.trim().slice(0, 40)}" has a contrast of ${found.toFixed(2)}`);
  }
}
return faults;
