/** Tells when the page became another one without being loaded anew. */

const listeners = new Set();
let last = location.href;

/** Call `listener` whenever the address of the page has changed; return a function that ends that. */
export function onNavigation(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Look whether the address has changed. */
export function announceNavigation() {
  if (location.href === last) return;
  last = location.href;
  for (const listener of listeners) listener();
}

addEventListener("popstate", announceNavigation);
// Every way to another address, where the browser tells (Navigation API).
globalThis.navigation?.addEventListener("navigatesuccess", announceNavigation);
