/** Shows one reply of the assistant. */

import { makeReadButton } from "./aloud.js";
import { makeCard, makePhones } from "./card.js";
import { make } from "./dom.js";
import { makeExplained } from "./explained.js";
import { linkTargets } from "./links.js";
import { isWholeReply, speakReply } from "./spoken.js";
import { getText, inLanguage } from "./words.js";

/**
 * Return a reply as an element. Of level P0 the urgent text is all there is (DESIGN §6.3), whatever came with it.
 * @param {object} reply Reply of api/chat/schemas.py
 * @param {object} surroundings `onChoose(button, element)`; `getConversation()`, the id at the door
 */
export function makeReply(reply, { onChoose, getConversation }) {
  const { language } = reply;
  const shown = make("div", { class: "reply", ...inLanguage(language) });
  if (reply.safetyLine) shown.append(make("p", { class: "safety", dir: "auto" }, ...linkTargets(reply.safetyLine)));
  if (reply.urgent) shown.append(makeUrgent(reply.urgent, language));
  shown.append(makeReadButton(() => speakReply(reply), language));
  if (isWholeReply(reply.urgent)) return shown;
  shown.lastChild.before(...reply.messages.flatMap((message) => makeMessage(message, language, getConversation)));
  const explained = makeExplained(reply);
  const menu = makeChoices(reply.menu, getText("page_topics", {}, language), "menu", onChoose);
  const buttons = makeChoices(reply.buttons, getText("page_choices", {}, language), "buttons", onChoose);
  shown.append(...[explained, menu, buttons].filter(Boolean));
  return shown;
}

/** The urgent text may be in a language that the rest of the chat is not in. */
function makeUrgent(urgent, language) {
  const written = { lang: urgent.language, dir: urgent.direction };
  return make(
    "div",
    { class: `urgent urgent-${urgent.level.toLowerCase()}`, role: "group", "aria-label": getText("page_urgent", {}, language) },
    make("p", { class: "urgent-text", ...written }, ...linkTargets(urgent.text)),
    urgent.tip && make("p", { class: "urgent-tip", ...written }, ...linkTargets(urgent.tip)),
  );
}

function makeMessage(message, language, getConversation) {
  const parts = [
    message.text && make("p", { class: "bubble", ...inLanguage(message.language) }, message.text),
    message.card && makeCard(message.card, language, getConversation),
    makePhones(message.phones, language),
    message.items.length && make("ul", { class: "items", ...inLanguage(message.language) }, ...message.items.map((item) => make("li", {}, item))),
  ];
  return parts.filter(Boolean);
}

function makeChoices(choices, label, kind, onChoose) {
  if (!choices.length) return null;
  const elements = choices.map((choice) => {
    const element = make("button", { type: "button", class: "choice", dir: "auto" }, choice.label);
    element.addEventListener("click", () => {
      if (element.getAttribute("aria-disabled") !== "true") onChoose(choice, element);
    });
    return make("li", {}, element);
  });
  return make("ul", { class: `choices ${kind}`, "aria-label": label }, ...elements);
}
