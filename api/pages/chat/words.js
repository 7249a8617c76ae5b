/** What the door told of the chat: words, library, look. The words come from data/texts/; there is no sentence in these scripts. */

import { readChat } from "./door.js";

let chat = null;
/** What writes words that stay on the screen; again in every language. */
let written = [];

/**
 * Take over what the door told.
 * @param {object} told Chat of api/widget/schemas.py, or what a page of ours brings along
 */
export function setChat(told) {
  chat = told;
  written = [];
}

/**
 * Go on in another language: every word that stays on the screen is written again. Without words in it nothing changes.
 * @param {string} language ISO 639-1
 */
export async function useLanguage(language, signal) {
  await fetchWords(language, signal);
  if (language === chat.language || !chat.words[language]) return;
  chat.language = language;
  for (const write of written) write();
}

/** Write something now, and again when the language changes. */
export function keepWritten(write) {
  written.push(write);
  write();
}

/** Return words that follow the language of the chat, as a piece of text. */
export function makeText(key) {
  const text = document.createTextNode("");
  keepWritten(() => (text.data = getText(key)));
  return text;
}

/** The language that the chat is shown in, and that a conversation starts in. */
export function getLanguage() {
  return chat.language;
}

/** `ltr` or `rtl`: whatever the page around us does. */
export function getDirection(language = chat.language) {
  return chat.languages.find((one) => one.code === language)?.direction ?? "ltr";
}

/** The attributes of a part that is in another language than what is around it; none where there is no such language. */
export function inLanguage(language) {
  return language ? { lang: language, dir: getDirection(language) } : {};
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
 * Return the words of a key with the values filled in, each kept apart where it would change places (Arabic).
 * @param {string} key as in data/texts/
 * @param {Record<string, string | number>} values what stands between braces
 * @param {string} language of the reply that the words belong to; the chat's own where we have no words in it
 */
export function getText(key, values = {}, language = chat.language) {
  const words = chat.words[language] ?? chat.words[chat.language];
  const fill = getDirection(language) === "rtl" ? (value) => `\u2068${value}\u2069` : (value) => value;
  return words[key].replace(/\{(\w+)\}/g, (braces, name) => (name in values ? fill(values[name]) : braces));
}
