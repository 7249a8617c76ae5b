/**
 * Remembers which conversation this tab holds. Never a word of it: many people share a computer in a library.
 * Gone when the tab closes. A browser that refuses to keep anything still has the chat, without going on after a reload.
 */

import { pageLanguage } from "./words.js";

const KEY = `omdehoek.conversation.${pageLanguage}`;

/** Return `{id, waiting}`: the conversation and the turn that had no reply yet, or an empty object. */
export function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export function remember(kept) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Storage is full or forbidden; the chat goes on without it.
  }
}

export function forget() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}
