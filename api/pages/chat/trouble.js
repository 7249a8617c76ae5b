/** Which words go with which error of the door. */

import { getText } from "./words.js";

/** Return what is said while we try again, or null when there is nothing to worry about. */
export function describeTrouble(error) {
  if (error.isBusy) return null;
  if (error.code === "overloaded") return getText("page_busy", { seconds: error.retryAfter ?? 1 });
  if (error.status === 429) return getText("page_slow_down", { seconds: error.retryAfter ?? 1 });
  return getText(error.status === 0 ? "page_offline" : "page_down");
}

/** Return what is said when we stop trying. */
export function describeFailure(error) {
  if (error.status === 413) return getText("too_long");
  if (error.code === "unknown_button") return getText("unknown_button");
  if (error.status === 429 && error.code !== "overloaded") return getText("too_fast", { seconds: error.retryAfter ?? 60 });
  return getText(error.mayPass ? "page_failed" : "error");
}

/** Return whether the citizen can try the very same again. */
export function isWorthRetrying(error) {
  return error.status !== 413 && error.code !== "unknown_button";
}
