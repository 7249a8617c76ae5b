/** Makes the numbers and addresses in fixed texts something to press. */

import { make } from "./dom.js";
import { makeIcon } from "./icons.js";

// 112, 113 and the 0800 and 0900 numbers (four or seven digits), or the address of a website ("113.nl").
const TARGET = /(?<![\w.-])(?:([\w-]+\.nl)|(11[23]|0[89]00[ -]?\d{4}(?:[ -]?\d{3})?))(?![\w-])/g;

/** Return the text as nodes, in which each telephone number is a `tel:` link and each website a link. */
export function linkTargets(text) {
  const nodes = [];
  let from = 0;
  for (const { 0: found, 1: website, index } of text.matchAll(TARGET)) {
    const link = website
      ? make("a", { href: `https://${website}`, rel: "noopener noreferrer" }, website)
      : makeCallLink(found, `tel:${found.replace(/\D/g, "")}`);
    nodes.push(text.slice(from, index), link);
    from = index + found.length;
  }
  return [...nodes, text.slice(from)];
}

/** A link that calls. `call` is a `tel:` address; anything else is shown and not linked. */
export function makeCallLink(label, call) {
  // A direction of its own: the parts of a number would change places in Arabic.
  if (!call.startsWith("tel:")) return make("span", { class: "call", dir: "auto" }, label);
  return make("a", { href: call, class: "call", dir: "auto" }, makeIcon("call"), label);
}
