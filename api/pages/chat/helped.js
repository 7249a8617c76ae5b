/** "Bent u geholpen?" on a card: one tap, here in the chat. */

import { atDoor, sayHelped } from "./door.js";
import { make } from "./dom.js";
import { getText } from "./words.js";

const ANSWERS = { yes: "slip_yes", partly: "slip_partly", no: "slip_no" };
let questions = 0;

/**
 * Return the question with its buttons. The last answer holds, so it can be changed.
 * @param {string} slip path of the citizen's own page of this referral
 * @param {string} language of the reply
 * @param {() => string | null} getConversation the id at the door
 */
export function askHelped(slip, language, getConversation) {
  const id = `helped-${++questions}`;
  const said = make("p", { role: "status" });
  const buttons = Object.entries(ANSWERS).map(([answer, word]) => {
    const button = make("button", { type: "button", class: "quiet" }, getText(word, {}, language));
    button.addEventListener("click", async () => {
      const isKept = await send(getConversation(), slip, answer);
      if (isKept) for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
      said.replaceChildren(...tell(slip, answer, isKept, language));
    });
    return button;
  });
  return make(
    "section",
    { class: "card-helped", "aria-labelledby": id },
    make("h3", { id }, getText("page_helped", {}, language)),
    make("div", { class: "choices" }, ...buttons),
    said,
  );
}

/** Send an answer; return whether it was written down. */
async function send(conversation, slip, helped) {
  const turnId = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");
  try {
    await sayHelped(conversation, { turnId, slip: slip.split(/[/?]/)[2], helped }, AbortSignal.timeout(10_000));
    return true;
  } catch {
    return false;
  }
}

/** What is said after an answer: thanks, and after "no" the way to say why. */
function tell(slip, answer, isKept, language) {
  if (!isKept) return [getText("page_helped_failed", {}, language)];
  const thanks = getText("page_helped_thanks", {}, language);
  if (answer !== "no") return [thanks];
  const address = atDoor(`${slip.split("#")[0]}#answer`);
  return [`${thanks} `, make("a", { href: address, target: "_blank" }, getText("page_helped_why", {}, language))];
}
