/**
 * The one script of a library's page: `<script src="…/static/widget.js" data-library="…" async></script>`. It registers
 * `<om-de-hoek-chat>`, and puts one at the end of the page when there is none.
 */

import { setDoor } from "./door.js";
import { ChatElement } from "./element.js";
import { stayOnPage } from "./staying.js";

const NAME = "om-de-hoek-chat";
const script = document.currentScript;

if (!customElements.get(NAME)) {
  if (script) setDoor(new URL(script.src).origin);
  customElements.define(NAME, ChatElement);
  whenRead(() => {
    if (!document.querySelector(NAME)) stayOnPage(makeElement(script?.dataset ?? {}));
  });
}

/** An element with what stands on the script: `data-library` becomes `library`, `data-mode` `mode`, and so on. */
function makeElement(settings) {
  const element = document.createElement(NAME);
  for (const [name, value] of Object.entries(settings)) element.setAttribute(name, value);
  return element;
}

function whenRead(action) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", action, { once: true });
  else action();
}
