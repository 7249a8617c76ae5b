/** What the door told of the chat: words, library, look. The words come from data/texts/; there is no sentence in these scripts. */

import { readChat } from "./door.js";

let chat = null;

/**
 * Take over what the door told.
 * @param {object} told Chat of api/widget/schemas.py, or what a page of ours brings along
 */
export function setChat(told) {
  chat = told;
}

/** The language that the chat is shown in, and that a conversation starts in. */
export function getLanguage() {
  return chat.language;
}

/** `ltr` or `rtl`: whatever the page around us does. */
export function getDirection() {
  return chat.direction ?? "ltr";
}

/** Everything else that the door told. */
export function getChat() {
  return chat;
}

/** Fetch the words of a language that a reply is in; without them the words are those of the chat itself. */
export async function fetchWords(language, signal) {
  if (chat.words[language]) return;
  const told = await readChat(chat.library, language, signal).catch(() => null);
  if (told) chat.words[language] = told.words[language];
}

/**
 * Return the words of a key with the values filled in.
 * @param {string} key as in data/texts/
 * @param {Record<string, string | number>} values what stands between braces
 * @param {string} language of the reply that the words belong to; the chat's own where we have no words in it
 */
export function getText(key, values = {}, language = chat.language) {
  const words = chat.words[language] ?? chat.words[chat.language];
  return words[key].replace(/\{(\w+)\}/g, (braces, name) => values[name] ?? braces);
}
