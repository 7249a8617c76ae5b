/** The chat itself: its head, what was said, and the box to type in. Listens to the form, the keyboard and the buttons. */

import { Announcer } from "./announcer.js";
import { Conversation } from "./conversation.js";
import { atDoor } from "./door.js";
import { make } from "./dom.js";
import { QuickExit } from "./exit.js";
import { makeIcon } from "./icons.js";
import { makeLanguages } from "./languages.js";
import { makeCallLink } from "./links.js";
import { stopReading } from "./aloud.js";
import { Transcript } from "./transcript.js";
import { getDirection, getLanguage, getText, inLanguage, keepWritten, makeText, useLanguage } from "./words.js";

/** From this part of the longest message on, the chat says how much room is left. */
const NEARLY_FULL = 0.9;

export class Panel {
  #host;
  #chat;
  #life;
  #input;
  #room;
  #sure;
  #conversation;
  #transcript;
  #isErasing = false;
  #isPopup;
  #isPreview;

  /** Called when somebody closes the chat from within. */
  onClose = () => {};

  /**
   * @param {import("./element.js").ChatElement} host
   * @param {object} chat what the door told
   * @param {AbortSignal} life ends when the element leaves the page
   */
  constructor(host, chat, life) {
    this.#host = host;
    this.#chat = chat;
    this.#life = life;
    this.#isPopup = host.mode === "popup";
    // For who sets the chat: to be looked at, and nothing is asked of anybody.
    this.#isPreview = host.hasAttribute("preview");
    const list = make("ol", { id: "transcript", "aria-live": "off" });
    const announcer = make("div", { id: "announcer", class: "only-read", role: "status", "aria-live": "polite" });
    this.#sure = this.#makeSure();
    const exit = new QuickExit(() => this.#conversation.erase(), life);
    this.#transcript = new Transcript(list, {
      announcer: new Announcer(announcer),
      onChoose: (choice) => this.#press(choice),
      onReply: (reply) => exit.show(reply),
      getConversation: () => this.#conversation.id,
    });
    this.#conversation = new Conversation(this.#transcript);
    // The log keeps still for screen readers; #announcer speaks, or every reply would be read twice.
    const log = make("div", { class: "log", role: "log", "aria-live": "polite" }, list);
    this.element = make(
      this.#isPopup ? "section" : "div",
      this.#isPopup
        ? { id: "panel", class: "panel", role: "dialog", "aria-labelledby": "title", hidden: "" }
        : { id: "panel", class: "panel" },
      host.mode !== "page" && this.#makeHead(),
      exit.element,
      this.#conversation.person.element,
      log,
      this.#makeForm(),
      host.mode !== "page" && this.#makeFoot(),
      this.#sure,
      announcer,
    );
    this.element.querySelector("form").inert = this.#isPreview;
    if (this.#isPopup) this.element.addEventListener("keydown", (event) => this.#closeByKey(event));
    keepWritten(() => {
      host.lang = this.element.lang = getLanguage();
      this.element.dir = getDirection();
      log.setAttribute("aria-label", getText("page_chat"));
    });
  }

  /** Go on in another language: the screen at once, and then the assistant. */
  async changeLanguage(language) {
    await useLanguage(language, this.#life);
    if (!this.#isPreview) await this.#conversation.say({ language }, null);
  }

  /** Show the chat, and begin or go on. */
  open({ takesFocus = false } = {}) {
    this.element.hidden = false;
    this.#openConversation();
    if (takesFocus) this.#input.focus();
  }

  focus() {
    this.#input.focus();
  }

  close() {
    stopReading();
    this.element.hidden = true;
  }

  /** The element leaves the page; the conversation is there when it comes back. */
  leave() {
    stopReading();
    this.#conversation.leave();
  }

  #closeByKey(event) {
    // While somebody composes a character, Escape belongs to that; an open question is closed first.
    if (event.key === "Escape" && !event.isComposing && !this.#sure.open) this.onClose();
  }

  #makeHead() {
    const { logo, logoAlt, name, greeting, language } = this.#chat;
    const close = make("button", { type: "button", class: "quiet" }, makeIcon("close"));
    keepWritten(() => close.setAttribute("aria-label", getText("page_close")));
    close.addEventListener("click", () => this.onClose());
    return make(
      "header",
      { class: "head" },
      logo && make("img", { class: "own", src: atDoor(logo), alt: logoAlt }),
      make("div", {}, make("h2", { id: "title" }, makeText("page_title")), make("p", greeting ? inLanguage(language) : {}, greeting || name)),
      makeLanguages((language) => this.changeLanguage(language)),
      this.#isPopup && close,
    );
  }

  #makeForm() {
    const wipe = make("button", { type: "button", id: "wipe", class: "quiet" }, makeIcon("wipe"), makeText("page_wipe"));
    wipe.addEventListener("click", () => this.#sure.showModal());
    this.#input = make("textarea", {
      id: "input",
      rows: "1",
      maxlength: String(this.#chat.maxChars),
      autocomplete: "off",
      autocapitalize: "sentences",
      enterkeyhint: "send",
      dir: "auto",
      "aria-describedby": "keys room",
    });
    this.#room = make("p", { id: "room", class: "room", role: "status" });
    const form = make(
      "form",
      { id: "say", class: "say" },
      make(
        "div",
        { class: "box" },
        make("div", { class: "box-top" }, make("label", { for: "input" }, makeText("page_input")), wipe),
        this.#input,
        make("button", { type: "submit", class: "send" }, makeText("page_send")),
      ),
      make("p", { id: "keys", class: "only-read" }, makeText("page_keys")),
      this.#room,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#input.addEventListener("input", () => this.#showRoom());
    this.#input.addEventListener("keydown", (event) => {
      // While somebody composes a character (Chinese, Arabic keyboards), Enter belongs to that.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    return form;
  }

  /** What is kept, and the way to a person. */
  #makeFoot() {
    const { language, phone, hours, hoursLanguage } = this.#chat;
    const kept = make("a", { href: atDoor(`/privacy?lang=${language}`), target: "_blank" }, makeText("page_kept"));
    const human = make("p", {}, makeText("page_human"), " ");
    if (hours) human.append(make("span", inLanguage(hoursLanguage), hours), " ");
    if (phone) human.append(makeText("page_human_phone"), " ", makeCallLink(phone.number, phone.call));
    return make(
      "details",
      { class: "more" },
      make("summary", {}, makeIcon("person"), makeText("page_more")),
      human,
      make("p", {}, makeText("page_privacy"), " ", kept),
    );
  }

  #makeSure() {
    const yes = make("button", { value: "wipe", class: "send" }, makeText("page_wipe_yes"));
    const no = make("button", { value: "", class: "again" }, makeText("page_wipe_no"));
    const sure = make(
      "dialog",
      { id: "sure", "aria-labelledby": "sure-title", "aria-describedby": "sure-effect" },
      make(
        "form",
        { method: "dialog" },
        make("h2", { id: "sure-title" }, makeText("page_wipe_sure")),
        make("p", { id: "sure-effect" }, makeText("page_wipe_effect")),
        make("div", { class: "dialog-buttons" }, yes, no),
      ),
    );
    sure.addEventListener("close", () => {
      if (sure.returnValue === "wipe") this.#erase();
      sure.returnValue = "";
    });
    return sure;
  }

  #press(choice) {
    this.#conversation.say({ buttonId: choice.id }, choice.label);
  }

  #send() {
    const text = this.#input.value.trim();
    this.#input.focus();
    if (!text || this.#isErasing) return;
    this.#input.value = "";
    this.#showRoom();
    this.#conversation.say({ text }, text, () => {
      if (!this.#input.value) this.#input.value = text;
    });
  }

  #showRoom() {
    const left = this.#input.maxLength - this.#input.value.length;
    const text = left <= this.#input.maxLength * (1 - NEARLY_FULL) ? getText("page_room", { count: left }) : "";
    if (this.#room.textContent !== text) this.#room.textContent = text;
  }

  async #erase() {
    this.#isErasing = true;
    this.#input.value = "";
    this.#showRoom();
    this.#input.focus();
    const isErased = await this.#conversation.erase();
    this.#isErasing = false;
    this.#transcript.addNote(isErased ? "wiped" : "page_wipe_failed");
    if (isErased) this.#openConversation();
  }

  /** A conversation that does not open says so in its own place. */
  #openConversation() {
    if (this.#isPreview) return;
    this.#conversation.open().catch(() => {});
  }
}
