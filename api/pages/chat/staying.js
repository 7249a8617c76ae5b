/** Keeps the chat on a page that exchanges its own contents (React, Turbo): away with the rest, and back at once. */

import { announceNavigation } from "./navigation.js";

/** Put the element at the end of the page, and again whenever it is swept away. */
export function stayOnPage(element) {
  const put = () => {
    if (!element.isConnected) document.body?.append(element);
  };
  put();
  // Only the direct children of these two can sweep it away; nothing of what a page does inside is looked at.
  const observer = new MutationObserver(() => {
    observer.observe(document.body ?? document.documentElement, { childList: true });
    put();
    announceNavigation();
  });
  observer.observe(document.documentElement, { childList: true });
  if (document.body) observer.observe(document.body, { childList: true });
}
