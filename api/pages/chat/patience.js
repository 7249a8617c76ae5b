/** Tries again, a few times, ever slower. */

/**
 * Seconds between two tries. Together longer than the 15 seconds that the door keeps a turn for a process that was
 * killed (TURN_LEASE in referral/conversations).
 */
const PAUSES = [1, 2, 4, 8, 8];
/** Seconds; a door that asks for more time gets it from the citizen's own hand. */
const LONGEST_PAUSE = 60;

/**
 * Do `action` until it works, it cannot work, or we have tried enough; then raise its last error.
 * @param {() => Promise<any>} action
 * @param {AbortSignal} signal stops the waiting
 * @param {(error: import("./door.js").DoorError) => void} onTrouble called before each pause
 */
export async function tryPatiently(action, signal, onTrouble) {
  for (const pause of PAUSES) {
    try {
      return await action();
    } catch (error) {
      if (signal.aborted || !error.mayPass || error.retryAfter > LONGEST_PAUSE) throw error;
      onTrouble(error);
      await rest(error.retryAfter ?? pause, signal, error.status === 0);
      if (signal.aborted) throw error;
    }
  }
  return action();
}

/** Wait so many seconds; shorter when the conversation is wiped or the network comes back. */
function rest(seconds, signal, endsOnline) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, seconds * 1000);
    signal.addEventListener("abort", done);
    if (endsOnline) window.addEventListener("online", done);
  });
}
