/**
 * Remembers which conversation this tab holds. Never a word of it: many people share a computer in a library.
 * Gone when the tab closes. A browser that refuses to keep anything still has the chat, without going on after a reload.
 */

const OPEN = "omdehoek.open";
const HELD = "omdehoek.conversation";

/** Return `{id, waiting}`: the conversation and the turn that had no reply yet, or an empty object. */
export function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(HELD)) ?? {};
  } catch {
    return {};
  }
}

export function remember(kept) {
  try {
    sessionStorage.setItem(HELD, JSON.stringify(kept));
  } catch {
    // Storage is full or forbidden; the chat goes on without it.
  }
}

export function forget() {
  try {
    sessionStorage.removeItem(HELD);
  } catch {
    // As above.
  }
}

/** Whether the popup was open on the page before. */
export function wasOpen() {
  try {
    return sessionStorage.getItem(OPEN) === "yes";
  } catch {
    return false;
  }
}

export function rememberOpen(isOpen) {
  try {
    sessionStorage.setItem(OPEN, isOpen ? "yes" : "no");
  } catch {
    // As above.
  }
}
