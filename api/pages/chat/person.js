/** A person of the library behind the chat: asks for news for as long as one is waited for, or talks. */

import * as door from "./door.js";
import { make } from "./dom.js";
import { makeIcon } from "./icons.js";
import { getText, makeText } from "./words.js";

/** Milliseconds between two questions for news; more while the door does not answer. */
const PAUSE = 2500;
const LONG_PAUSE = 6000;
const WORDS = { waiting: "page_person_waiting", talking: "page_person_talking" };

export class Person {
  #onMessage;
  #onReply;
  #text = make("p", {});
  #id = null;
  #last = 0;
  #timer = 0;
  #life = new AbortController();

  /**
   * @param {(message: object) => void} onMessage called with what a person said (MessageView)
   * @param {(reply: object) => void} onReply called with what the assistant says when it is back
   */
  constructor(onMessage, onReply) {
    this.#onMessage = onMessage;
    this.#onReply = onReply;
    const back = make("button", { type: "button", class: "again" }, makeText("page_person_leave"));
    back.addEventListener("click", () => this.#leave());
    this.element = make("div", { class: "person-bar", hidden: "" }, makeIcon("person"), this.#text, back);
  }

  /** Take over where it stands, as a reply or a conversation that was found tells; nothing to follow is fine. */
  follow(id, view) {
    if (!view || view.state === "ended" || (this.#timer && id === this.#id)) return;
    this.stop();
    this.#id = id;
    this.#last = view.number ?? 0;
    this.#show(view.state);
    this.#askSoon(PAUSE);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#life.abort();
    this.#life = new AbortController();
    this.#show("none");
  }

  #askSoon(pause) {
    this.#timer = setTimeout(() => this.#ask(), pause);
  }

  async #ask() {
    const life = this.#life.signal;
    try {
      const news = await door.readPerson(this.#id, this.#last, life);
      if (life.aborted) return;
      for (const message of news.messages) {
        this.#last = message.number;
        this.#onMessage(message);
      }
      if (news.state in WORDS) {
        this.#show(news.state);
        this.#askSoon(PAUSE);
        return;
      }
      this.stop();
      if (news.reply) this.#onReply(news.reply);
    } catch (error) {
      if (life.aborted) return;
      if (error.status === 404) this.stop();
      else this.#askSoon(LONG_PAUSE);
    }
  }

  async #leave() {
    clearTimeout(this.#timer);
    await door.leavePerson(this.#id, this.#life.signal).catch(() => {});
    this.#ask();
  }

  #show(state) {
    this.element.hidden = !(state in WORDS);
    if (state in WORDS) this.#text.textContent = getText(WORDS[state]);
  }
}
