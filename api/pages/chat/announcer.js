/** The one voice for screen readers. The log itself keeps still, or everything would be read twice. */

/** Milliseconds between emptying and filling: a reader notices a change only, and the same words may come twice. */
const BREATH = 100;

export class Announcer {
  #element;
  #timer = 0;
  #waiting = [];

  /** @param {HTMLElement} element with `role="status"` */
  constructor(element) {
    this.#element = element;
  }

  /** Say this; what came just before and was not said yet is said first. */
  say(text, language) {
    this.#waiting.push({ text, language });
    this.#element.replaceChildren();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#speak(), BREATH);
  }

  #speak() {
    for (const { text, language } of this.#waiting) {
      const line = document.createElement("p");
      if (language) line.lang = language;
      line.textContent = text;
      this.#element.append(line);
    }
    this.#waiting = [];
  }
}
