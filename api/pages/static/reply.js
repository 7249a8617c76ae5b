/** Shows one reply of the assistant. */

import { makeCard, makePhones } from "./card.js";
import { make } from "./dom.js";
import { linkTargets } from "./links.js";
import { getText } from "./words.js";

/**
 * Return a reply as an element. Of level P0 the urgent text is all there is (DESIGN §6.3), whatever came with it.
 * @param {object} reply Reply of api/chat/schemas.py
 * @param {(button: {id: string, label: string}, element: HTMLElement) => void} onChoose
 */
export function makeReply(reply, onChoose) {
  const { language } = reply;
  const shown = make("div", { class: "reply", lang: language });
  if (reply.safetyLine) shown.append(make("p", { class: "safety", dir: "auto" }, ...linkTargets(reply.safetyLine)));
  if (reply.urgent) shown.append(makeUrgent(reply.urgent, language));
  if (isWholeReply(reply.urgent)) return shown;
  for (const message of reply.messages) shown.append(...makeMessage(message, language));
  const menu = makeChoices(reply.menu, getText("page_topics", {}, language), "menu", onChoose);
  const buttons = makeChoices(reply.buttons, getText("page_choices", {}, language), "buttons", onChoose);
  shown.append(...[menu, buttons].filter(Boolean));
  return shown;
}

export function isWholeReply(urgent) {
  return urgent?.level === "P0";
}

function makeUrgent(urgent, language) {
  return make(
    "div",
    { class: `urgent urgent-${urgent.level.toLowerCase()}`, role: "group", "aria-label": getText("page_urgent", {}, language) },
    make("p", { class: "urgent-text" }, ...linkTargets(urgent.text)),
    urgent.tip && make("p", { class: "urgent-tip" }, ...linkTargets(urgent.tip)),
  );
}

function makeMessage(message, language) {
  const parts = [
    message.text && make("p", { class: "bubble" }, message.text),
    message.card && makeCard(message.card, language),
    makePhones(message.phones, language),
    message.items.length && make("ul", { class: "items" }, ...message.items.map((item) => make("li", {}, item))),
  ];
  return parts.filter(Boolean);
}

function makeChoices(choices, label, kind, onChoose) {
  if (!choices.length) return null;
  const elements = choices.map((choice) => {
    const element = make("button", { type: "button", class: "choice" }, choice.label);
    element.addEventListener("click", () => {
      if (element.getAttribute("aria-disabled") !== "true") onChoose(choice, element);
    });
    return make("li", {}, element);
  });
  return make("ul", { class: `choices ${kind}`, "aria-label": label }, ...elements);
}
