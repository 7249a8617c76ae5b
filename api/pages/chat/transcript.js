/** What was said, from top to bottom. Only the buttons of the latest reply can be pressed. */

import { Answer, makeNote } from "./answer.js";
import { make, makeHidden } from "./dom.js";
import { makeReply } from "./reply.js";
import { speakReply } from "./spoken.js";
import { getChat, getText } from "./words.js";

export class Transcript {
  #list;
  #announcer;
  #onChoose;
  #onReply;
  #getConversation;
  #shown = new Set();

  /**
   * @param {HTMLElement} list
   * @param {object} surroundings `announcer`; `onChoose(choice)` when a button is pressed; `onReply(reply)` when one is
   *   shown; `getConversation()`, the id at the door
   */
  constructor(list, { announcer, onChoose, onReply, getConversation }) {
    this.#list = list;
    this.#announcer = announcer;
    this.#onChoose = onChoose;
    this.#onReply = onReply;
    this.#getConversation = getConversation;
  }

  /** Whether the reply to this turn has been shown. */
  has(turnId) {
    return this.#shown.has(turnId);
  }

  clear() {
    this.#shown.clear();
    this.#list.replaceChildren();
    delete this.#host.dataset.card;
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
    const shown = makeReply(reply, {
      onChoose: (choice, element) => this.#choose(choice, element),
      getConversation: this.#getConversation,
    });
    shown.prepend(makeSpeaker(reply));
    this.#shown.add(reply.turnId);
    place.replaceChildren(...(isEmpty(reply) ? [] : [shown]));
    place.hidden = isEmpty(reply);
    if (isEmpty(reply)) return;
    // The latest by place: an answer that was overtaken by the next one (an emergency is quicker) stays behind it.
    const latest = [...this.#list.querySelectorAll(".reply")].at(-1);
    this.#retireChoices((choice) => !latest.contains(choice));
    this.#markCards(shown);
    this.#onReply(reply);
    if (isSpoken) for (const { text, language } of speakReply(reply)) this.#announcer.say(text, language);
  }

  /** Show what a person of the library said, under what is there. */
  showPerson(message) {
    const { language } = getChat();
    const parts = { text: null, card: null, phones: [], items: [], ...message };
    const reply = { speaker: "person", language, messages: [parts], difficult: [], menu: [], buttons: [] };
    this.addTurn().showReply(reply);
  }

  announce(text) {
    this.#announcer.say(text);
  }

  /** The element that the chat lives in; the style for paper wants to know whether there is a card. */
  get #host() {
    return this.#list.getRootNode().host;
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
    this.#host.dataset.card = "yes";
  }
}

/** Who says it: a person is named, the assistant to readers only. */
function makeSpeaker({ speaker, language }) {
  if (speaker === "person") return make("p", { class: "speaker" }, getText("page_person", {}, language));
  return makeHidden(`${getText("page_assistant", {}, language)}: `);
}

/** The citizen's own words, in whatever direction they are written. */
function makeBubble(said) {
  return make("p", { class: "bubble", dir: "auto" }, said);
}

/** While a person of the library reads along, the assistant says nothing. */
function isEmpty(reply) {
  return !reply.urgent && !reply.safetyLine && !reply.messages.length && !reply.buttons.length && !reply.menu.length;
}
