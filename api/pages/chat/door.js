/**
 * Speaks with the door (`/v1`): one function a request. Every failure is a `DoorError`; `signal` ends a request early.
 */

const CONVERSATIONS = "/v1/conversations";
/** Milliseconds that an answer may take; longer than a turn that waits for another turn (6 s) and then for Rasa (5 s). */
const DEADLINE = 20_000;

/** `status` 0: no answer at all. `code` as in problem+json. `retryAfter` in seconds, where the door says so. */
export class DoorError extends Error {
  constructor(status, code, retryAfter = null) {
    super(code);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may do better in a while. */
  get mayPass() {
    return this.status === 0 || this.status >= 500 || this.status === 429 || this.isBusy;
  }

  /** Whether the door is working on this turn: no reason to worry anybody. */
  get isBusy() {
    return this.code === "turn_is_running";
  }
}

let origin = "";

/** Speak with the door at this origin; a page of ours is at the door already. */
export function setDoor(address) {
  origin = address;
}

/** Return the whole address of a path at the door. */
export function atDoor(path) {
  return origin + path;
}

/** Return what the chat of a library looks like and says, in one language; `cache` as of the Fetch standard. */
export function readChat(library, language, signal, cache = "default") {
  return ask("GET", `/v1/widgets/${encodeURIComponent(library)}?lang=${language}`, signal, null, cache);
}

/** `wanted`: `{language, library, campaign}`. */
export function startConversation(wanted, signal) {
  return ask("POST", CONVERSATIONS, signal, { ...wanted, channel: "web" });
}

export function findConversation(id, signal) {
  return ask("GET", `${CONVERSATIONS}/${encodeURIComponent(id)}`, signal);
}

/** `turn`: `{turnId, text}` or `{turnId, buttonId}`. The same turnId again is answered with the same reply. */
export function sendTurn(id, turn, signal) {
  return ask("POST", `${CONVERSATIONS}/${encodeURIComponent(id)}/messages`, signal, turn);
}

/** `wanted`: `{turnId, language}`. The same turnId again is answered with the same reply. */
export function chooseLanguage(id, wanted, signal) {
  return ask("PUT", `${CONVERSATIONS}/${encodeURIComponent(id)}/language`, signal, wanted);
}

export function eraseConversation(id, signal) {
  return ask("DELETE", `${CONVERSATIONS}/${encodeURIComponent(id)}`, signal);
}

/** The last answer to "did it help?" holds; `turn` keeps it from being written twice. */
export function sayHelped(id, answer, signal) {
  return ask("POST", `${CONVERSATIONS}/${encodeURIComponent(id)}/helped`, signal, answer);
}

/** News of the person that was asked for, since the message of that number. */
export function readPerson(id, after, signal) {
  return ask("GET", `${CONVERSATIONS}/${encodeURIComponent(id)}/person?after=${after}`, signal);
}

/** Back to the assistant. */
export function leavePerson(id, signal) {
  return ask("DELETE", `${CONVERSATIONS}/${encodeURIComponent(id)}/person`, signal);
}

async function ask(method, path, signal, body, cache) {
  const stop = new AbortController();
  const giveUp = () => stop.abort();
  const timer = setTimeout(giveUp, DEADLINE);
  if (signal.aborted) giveUp();
  signal.addEventListener("abort", giveUp);
  try {
    const answer = await fetch(atDoor(path), {
      method,
      cache,
      signal: stop.signal,
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw await readProblem(answer);
    return answer.status === 204 ? null : await answer.json();
  } catch (error) {
    // Whatever broke on the way (no network, out of time, half an answer) is one thing to us: no answer.
    throw error instanceof DoorError ? error : new DoorError(0, "no_answer");
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", giveUp);
  }
}

async function readProblem(answer) {
  const problem = await answer.json().catch(() => ({}));
  const seconds = Number.parseInt(answer.headers.get("Retry-After") ?? "", 10);
  return new DoorError(answer.status, problem.code ?? "error", Number.isNaN(seconds) ? null : seconds);
}
