/** Small drawings that stand before words. They are never alone: who cannot see or read them has the words. */

const SVG = "http://www.w3.org/2000/svg";

// Lines on a field of 24 by 24.
const DRAWINGS = {
  talk: "M4 5h16v11H10l-6 4z",
  close: "M6 6l12 12M18 6L6 18",
  speak: "M4 9h4l5-4v14l-5-4H4zM16.5 8.5a5 5 0 0 1 0 7M19 6a8.5 8.5 0 0 1 0 12",
  quiet: "M4 9h4l5-4v14l-5-4H4zM17 9.5l5 5M22 9.5l-5 5",
  leave: "M10 4H4v16h6M13 8l5 4-5 4M18 12H9",
  wipe: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  print: "M7 8V4h10v4M7 17H4V8h16v9h-3M7 14h10v6H7z",
  route: "M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  keep: "M6 4h12v16l-6-5-6 5z",
  code: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 14h2v6h-4",
  call: "M5 4h4l2 5-2.5 2a12 12 0 0 0 5 5L15.5 13.5l5 2v4c0 .8-.7 1.5-1.5 1.5A15.5 15.5 0 0 1 3.5 5.5C3.5 4.700 4.200 4 5 4z",
  explain: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M12 16.500v.5",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 3.5-6 8-6s8 2 8 6",
};

/** Return a drawing by its name. */
export function makeIcon(name) {
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("class", `icon icon-${name}`);
  icon.setAttribute("aria-hidden", "true");
  icon.setAttribute("focusable", "false");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", DRAWINGS[name]);
  icon.append(path);
  return icon;
}
