/** The button in the corner that opens and closes the chat. */

import { make } from "./dom.js";
import { makeIcon } from "./icons.js";
import { recall, rememberOpen, wasOpen } from "./store.js";
import { getDirection, getText, keepWritten } from "./words.js";

export class Launcher {
  #host;
  #panel;
  #chat;
  #label;

  /**
   * @param {HTMLElement} host
   * @param {import("./panel.js").Panel} panel
   * @param {object} chat what the door told
   */
  constructor(host, panel, chat) {
    this.#host = host;
    this.#panel = panel;
    this.#chat = chat;
    this.#label = make("span", {});
    this.element = make(
      "button",
      { type: "button", class: "launcher", "aria-expanded": "false", "aria-controls": panel.element.id },
      makeIcon("talk"),
      this.#label,
    );
    this.element.addEventListener("click", () => this.#toggle());
    panel.onClose = () => this.#close();
    keepWritten(() => {
      this.element.dir = getDirection();
      this.#name();
    });
  }

  /** Show the button; a conversation that was open on the page before is open on this one too, where there is room. */
  begin() {
    this.goOrStay();
    if (wasOpen() && matchMedia("(min-width: 48em)").matches) this.#open({ takesFocus: false });
  }

  /** Hide the chat on the pages where the library does not want it. */
  goOrStay() {
    const isHidden = this.#chat.hiddenPaths.some((pattern) => fits(pattern, location.pathname));
    this.#host.toggleAttribute("data-away", isHidden);
    this.#name();
  }

  #name() {
    const isOpen = this.element.getAttribute("aria-expanded") === "true";
    this.#label.textContent = getText(isOpen ? "page_close" : recall().id ? "page_go_on" : "page_open");
  }

  #toggle() {
    if (this.element.getAttribute("aria-expanded") === "true") this.#close();
    else this.#open({ takesFocus: true });
  }

  #open({ takesFocus }) {
    this.element.setAttribute("aria-expanded", "true");
    rememberOpen(true);
    this.#panel.open({ takesFocus });
    this.#name();
  }

  #close() {
    this.element.setAttribute("aria-expanded", "false");
    rememberOpen(false);
    this.#panel.close();
    this.#name();
    this.element.focus();
  }
}

/** Whether a path is meant by a pattern: `/jeugd/*` means every path that begins so. */
function fits(pattern, path) {
  return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path.replace(/\/$/, "") === pattern.replace(/\/$/, "");
}
