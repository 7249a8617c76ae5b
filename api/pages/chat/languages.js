/** The choice of a language, each by its own name. */

import { make } from "./dom.js";
import { getChat, getLanguage, keepWritten, makeText } from "./words.js";

/**
 * Return the choice, with its label for readers.
 * @param {(language: string) => void} onChoose
 */
export function makeLanguages(onChoose) {
  const options = new Map(getChat().languages.map((language) => [language.code, makeOption(language)]));
  const choice = make("select", {}, ...options.values());
  choice.addEventListener("change", () => onChoose(choice.value));
  keepWritten(() => {
    choice.value = getLanguage();
    // One that is not offered is there while the chat is in it, because somebody writes in it.
    for (const { code, offered } of getChat().languages) options.get(code).hidden = !offered && code !== getLanguage();
  });
  return make("label", { class: "language" }, make("span", { class: "only-read" }, makeText("page_languages")), choice);
}

function makeOption({ code, name, direction }) {
  return make("option", { value: code, lang: code, dir: direction }, name);
}

/**
 * On a page of ours the links to the other languages take the conversation along.
 * @param {(language: string) => Promise<void>} onChoose
 */
export function followLanguageLinks(onChoose, life) {
  for (const link of document.querySelectorAll("a[data-language]")) {
    const go = async (event) => {
      event.preventDefault();
      await onChoose(link.dataset.language);
      location.assign(link.href);
    };
    link.addEventListener("click", go, { signal: life });
  }
}
