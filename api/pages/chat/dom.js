/** Makes elements. Text only ever goes in as text, so nothing that comes over the wire can become markup. */

/**
 * Make an element with attributes and children; a child that is null, false or empty is left out.
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string | null | false)} children
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child));
  return element;
}

/** Text that only a screen reader reads. */
export function makeHidden(text) {
  return make("span", { class: "only-read" }, text);
}
