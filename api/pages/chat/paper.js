/** Prints one card, and nothing of the page that the chat stands on. */

import { make } from "./dom.js";
import { getPaper, makeSheet } from "./styles.js";

/** Put a copy of the card in a document of its own and print that. Nothing is fetched, so no policy of a page forbids it. */
export function printCard(card) {
  const frame = make("iframe", { class: "paper", "aria-hidden": "true", tabindex: "-1" });
  card.getRootNode().append(frame);
  const { contentWindow: view, contentDocument: sheet } = frame;
  sheet.adoptedStyleSheets = [makeSheet(getPaper(), view)];
  sheet.documentElement.lang = card.closest("[lang]").lang;
  sheet.title = card.querySelector(".card-name").textContent;
  sheet.body.append(sheet.importNode(card, true));
  view.addEventListener("afterprint", () => frame.remove());
  view.print();
}
