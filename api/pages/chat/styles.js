/** The style sheets of the chat, made so that no policy of a page forbids them and no style of a page reaches in. */

import cardStyle from "../static/card.css";
import baseStyle from "../static/base.css";
import tokens from "../static/tokens.css";
import chatStyle from "./chat.css";
import frameStyle from "./frame.css";
import printStyle from "./print.css";

/** The letters of our own pages against what a reader has set as normal (page.css). */
const LETTERS = 1.125;

let texts = null;

/**
 * Return the style sheets of the chat.
 *
 * A `rem` belongs to the page, and many pages set it to ten pixels. Ours is what the reader has set as the normal size,
 * which `font-size: medium` still tells inside.
 */
export function makeSheets(host, chat) {
  const normal = Number.parseFloat(getComputedStyle(measure(host)).fontSize) || 16;
  host.shadowRoot.replaceChildren();
  const own = `:host { --rem: ${normal * LETTERS}px; }`;
  texts ??= [tokens, baseStyle, cardStyle, chatStyle, frameStyle, printStyle].map(useOwnUnit);
  return [chat.look, own, ...texts].map((text) => makeSheet(text));
}

/** Style for a document of its own, with nothing of the page around it: what is printed. */
export function getPaper() {
  return [tokens, baseStyle, cardStyle, printStyle].join("\n");
}

export function makeSheet(text, view = window) {
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

function measure(host) {
  const probe = document.createElement("span");
  host.shadowRoot.adoptedStyleSheets = [makeSheet(":host { all: initial } span { font-size: medium }")];
  host.shadowRoot.append(probe);
  return probe;
}

/** Lengths in `rem` in our own unit; the conditions of media queries stand in `em` and stay. */
function useOwnUnit(text) {
  return text.replace(/(-?\d*\.?\d+)rem\b/g, "calc(var(--rem) * $1)");
}
