/** What was said, from top to bottom. Only the buttons of the latest reply can be pressed. */

import { Answer, makeNote } from "./answer.js";
import { make, makeHidden } from "./dom.js";
import { makeReply } from "./reply.js";
import { speakReply } from "./spoken.js";
import { getText } from "./words.js";

export class Transcript {
  #list;
  #announcer;
  #onChoose;

  constructor(list, announcer, onChoose) {
    this.#list = list;
    this.#announcer = announcer;
    this.#onChoose = onChoose;
  }

  clear() {
    this.#list.replaceChildren();
    delete document.documentElement.dataset.card;
  }

  /** Say something about the conversation itself. */
  addNote(key) {
    this.#list.append(makeNote(key));
    this.#announcer.say(getText(key));
  }

  /** Show what the citizen said, if anything; return the place at the end for what comes back. */
  addTurn(said = null) {
    const place = make("li", { class: "assistant" });
    const item = said && make("li", { class: "citizen" }, makeHidden(`${getText("page_you")}: `), makeBubble(said));
    this.#list.append(...[item, place].filter(Boolean));
    return new Answer(place, this);
  }

  /** Show a reply; from now on its buttons are the ones that work. */
  showReply(reply, place, { isSpoken }) {
    const shown = makeReply(reply, (choice, element) => this.#choose(choice, element));
    shown.prepend(makeHidden(`${getText("page_assistant", {}, reply.language)}: `));
    place.replaceChildren(shown);
    // The latest by place: an answer that was overtaken by the next one (an emergency is quicker) stays behind it.
    const latest = [...this.#list.querySelectorAll(".reply")].at(-1);
    this.#retireChoices((choice) => !latest.contains(choice));
    this.#markCards(shown);
    if (isSpoken) this.#announcer.say(speakReply(reply), reply.language);
  }

  announce(text) {
    this.#announcer.say(text);
  }

  #choose(choice, element) {
    element.classList.add("chosen");
    this.#retireChoices();
    this.#onChoose(choice);
  }

  #retireChoices(isRetired = () => true) {
    for (const choice of this.#list.querySelectorAll(".choice")) {
      if (isRetired(choice)) choice.setAttribute("aria-disabled", "true");
    }
  }

  /** The cards of the last reply that has any are the ones that are printed. */
  #markCards(shown) {
    const cards = shown.querySelectorAll(".card");
    if (!cards.length) return;
    for (const old of this.#list.querySelectorAll(".card.printed")) old.classList.remove("printed");
    for (const card of cards) card.classList.add("printed");
    document.documentElement.dataset.card = "yes";
  }
}

/** The citizen's own words, in whatever direction they are written. */
function makeBubble(said) {
  return make("p", { class: "bubble", dir: "auto" }, said);
}
