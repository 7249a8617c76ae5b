/**
 * `<om-de-hoek-chat library="…" mode="popup|inline|page" language="…" campaign="…" location="…">`: the chat on any page.
 *
 * In a popup nothing is asked of the door but its looks until somebody opens it. Attributes go before what the library
 * has set. A page of ours brings along what the door would tell, as JSON in a script inside.
 */

import { readChat } from "./door.js";
import { followLanguageLinks } from "./languages.js";
import { Launcher } from "./launcher.js";
import { onNavigation } from "./navigation.js";
import { Panel } from "./panel.js";
import { makeSheets } from "./styles.js";
import { setChat } from "./words.js";

export class ChatElement extends HTMLElement {
  #life = null;
  #chat = null;
  #panel = null;
  #launcher = null;

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
  }

  /** `popup`: a button in a corner; `inline`: in the text of the page; `page`: the page is the chat. */
  get mode() {
    const mode = this.getAttribute("mode");
    return mode === "inline" || mode === "page" ? mode : "popup";
  }

  connectedCallback() {
    this.#life = new AbortController();
    this.#show(this.#life.signal);
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#panel?.leave();
    this.shadowRoot.replaceChildren();
    this.#panel = this.#launcher = null;
  }

  async #show(life) {
    this.#chat ??= await this.#find(life);
    // Without an answer there is no button: a chat that cannot work is not offered.
    if (!this.#chat || life.aborted) return;
    setChat(this.#chat);
    this.toggleAttribute("data-start", this.#chat.position === "start");
    this.shadowRoot.adoptedStyleSheets = makeSheets(this, this.#chat);
    this.#panel = new Panel(this, this.#chat, life);
    this.shadowRoot.append(this.#panel.element);
    if (this.mode !== "popup") {
      this.#followSkipLinks(life);
      if (this.mode === "page") followLanguageLinks((language) => this.#panel.changeLanguage(language), life);
      this.#panel.open();
      return;
    }
    this.#launcher = new Launcher(this, this.#panel, this.#chat);
    this.shadowRoot.prepend(this.#launcher.element);
    const leave = onNavigation(() => this.#launcher?.goOrStay());
    life.addEventListener("abort", leave);
    this.#launcher.begin();
  }

  /** Put the caret in the box. */
  focus() {
    this.#panel?.focus();
  }

  /** A link to the chat ("skip to…") leads into the box, as a link to a box does. */
  #followSkipLinks(life) {
    for (const link of this.id ? document.querySelectorAll(`a[href="#${CSS.escape(this.id)}"]`) : []) {
      const skip = (event) => {
        event.preventDefault();
        this.focus();
      };
      link.addEventListener("click", skip, { signal: life });
    }
  }

  async #find(life) {
    const brought = this.querySelector('script[type="application/json"]');
    if (brought) return JSON.parse(brought.textContent);
    const language = this.getAttribute("language") ?? document.documentElement.lang.slice(0, 2);
    // Who sets the chat sees it as it is now.
    const cache = this.hasAttribute("preview") ? "no-cache" : "default";
    const told = await readChat(this.getAttribute("library") ?? "", language, life, cache).catch((error) => {
      // For who builds the site: whose chat it is, and whether this site may show it, is set at the library.
      if (!life.aborted) console.warn(`${this.localName}: ${error.code}`);
    });
    return told && { ...told, ...pick(this, ["campaign", "location"]) };
  }
}

/** The attributes of these names that are there. */
function pick(element, names) {
  return Object.fromEntries(names.filter((name) => element.hasAttribute(name)).map((name) => [name, element.getAttribute(name)]));
}
