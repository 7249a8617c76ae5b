/**
 * The quick way out, where somebody may look over a shoulder: one press, or three times Shift, and the chat is erased and
 * another site is there. The way back in the browser does not lead here. (After "Exit this page" of the GOV.UK Design System.)
 */

import { stopReading } from "./aloud.js";
import { make } from "./dom.js";
import { makeIcon } from "./icons.js";
import { getChat, makeText } from "./words.js";

const PRESSES = 3;
/** Milliseconds in which the presses come. */
const HURRY = 2500;

export class QuickExit {
  #onLeave;
  #life;
  #times = [];
  #isShown = false;

  /**
   * @param {() => Promise<boolean>} onLeave erases the conversation
   * @param {AbortSignal} life ends with the chat
   */
  constructor(onLeave, life) {
    this.#onLeave = onLeave;
    this.#life = life;
    const button = make("button", { type: "button", class: "exit" }, makeIcon("leave"), makeText("page_exit"));
    button.addEventListener("click", () => this.#leave());
    this.element = make("div", { class: "exit-bar", hidden: "" }, button, make("p", {}, makeText("page_exit_keys")));
  }

  /** From a reply that asks for it on, the way out stays there. */
  show(reply) {
    if (!reply.quickExit || this.#isShown) return;
    this.#isShown = true;
    this.element.hidden = false;
    document.addEventListener("keydown", (event) => this.#count(event), { signal: this.#life });
  }

  #count(event) {
    if (event.key !== "Shift") {
      this.#times = [];
      return;
    }
    if (event.repeat) return;
    this.#times = [...this.#times, event.timeStamp].filter((time) => event.timeStamp - time < HURRY);
    if (this.#times.length >= PRESSES) this.#leave();
  }

  #leave() {
    stopReading();
    // What the screen shows is gone at once; the door is told while the other site comes.
    this.#onLeave();
    document.documentElement.hidden = true;
    location.replace(getChat().exitUrl);
  }
}
