/** One answer while it is being made: dots, why it takes long, what went wrong, and at last the reply. */

import { make, makeHidden } from "./dom.js";
import { getText } from "./words.js";

/** Milliseconds of silence before a reader hears that an answer is being made. */
const PATIENCE_OF_EAR = 1500;

export class Answer {
  #place;
  #transcript;
  #timer = 0;
  #trouble = null;

  constructor(place, transcript) {
    this.#place = place;
    this.#transcript = transcript;
  }

  /** Show that an answer is being made. The page that opens stays where it is. */
  showPending({ isFirst = false } = {}) {
    this.#trouble = null;
    clearTimeout(this.#timer);
    const dots = make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"));
    this.#place.replaceChildren(make("p", { class: "pending" }, makeHidden(getText("page_typing")), dots));
    if (!isFirst) bringInSight(this.#place);
    this.#timer = setTimeout(() => this.#transcript.announce(getText("page_typing")), PATIENCE_OF_EAR);
  }

  /** Say why it takes longer, under the dots. The same words are said once; null is nothing to say. */
  showTrouble(text) {
    if (text === null || this.#trouble === text) return;
    this.#trouble = text;
    clearTimeout(this.#timer);
    this.#place.querySelector(".trouble")?.remove();
    this.#place.append(make("p", { class: "trouble" }, text));
    this.#transcript.announce(text);
    bringInSight(this.#place);
  }

  /** Say that it did not work; with `onRetry`, a button to try the very same again. */
  showFailure(text, onRetry = null) {
    clearTimeout(this.#timer);
    const button = onRetry && make("button", { type: "button", class: "again" }, getText("page_retry"));
    button?.addEventListener("click", () => this.#retry(onRetry));
    this.#place.replaceChildren(make("div", { class: "failure" }, make("p", {}, text), button));
    this.#transcript.announce(text);
    bringInSight(this.#place);
  }

  /** The button goes away, so the focus moves to the answer that comes in its place. */
  #retry(onRetry) {
    this.#place.tabIndex = -1;
    this.#place.focus();
    onRetry();
  }

  /** Show the reply. The first one of a page that opens is not spoken over the reader, nor scrolled to. */
  showReply(reply, { isFirst = false } = {}) {
    clearTimeout(this.#timer);
    this.#transcript.showReply(reply, this.#place, { isSpoken: !isFirst });
    if (!isFirst) bringInSight(this.#place);
  }

  /** Show the replies of before in this place; the citizen's own words are not kept. */
  showEarlier(replies) {
    clearTimeout(this.#timer);
    if (replies.length > 1) this.showNote("page_resumed");
    for (const reply of replies) {
      const place = make("li", { class: "assistant" });
      this.#place.before(place);
      this.#transcript.showReply(reply, place, { isSpoken: false });
    }
    const last = this.#place.previousElementSibling;
    this.#place.remove();
    if (replies.length > 1) bringInSight(last);
  }

  /** Say something about the conversation itself, before this answer. */
  showNote(key) {
    this.#place.before(makeNote(key));
    this.#transcript.announce(getText(key));
  }
}

/** A line about the conversation itself. */
export function makeNote(key) {
  return make("li", { class: "note" }, getText(key));
}

/** Bring an answer in sight: its beginning, when it is longer than the window. */
function bringInSight(place) {
  const isLong = place.offsetHeight > window.innerHeight * 0.6;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ block: isLong ? "start" : "nearest", behavior: isCalm ? "auto" : "smooth" });
}
