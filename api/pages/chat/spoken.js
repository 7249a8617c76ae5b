/** Says a reply in one piece, for the ear. */

import { splitLines } from "./card.js";
import { getText } from "./words.js";

/** Return the reply as sentences: the urgent text first, the choices last. */
export function speakReply(reply) {
  const { language, urgent } = reply;
  const parts = [reply.safetyLine, urgent?.text, urgent?.tip];
  if (!isWholeReply(urgent)) {
    parts.push(...reply.messages.flatMap((message) => speakMessage(message, language)));
    const choices = [...reply.menu, ...reply.buttons].map((choice) => choice.label);
    if (choices.length) parts.push(`${getText("page_choices", {}, language)}: ${choices.join(", ")}`);
  }
  return parts.filter(Boolean).map(endSentence).join(" ");
}

function speakMessage(message, language) {
  const phones = message.phones.flatMap((phone) => [phone.number, phone.note]);
  return [message.text, ...(message.card ? speakCard(message.card, language) : []), ...phones, ...message.items];
}

function speakCard(card, language) {
  const { hours, others } = splitLines(card, language);
  const lines = [hours, ...others].filter(Boolean).map((line) => `${line.heading}: ${line.text}`);
  const bring = card.bring.length ? `${card.bringHeading}: ${card.bring.join(", ")}` : null;
  const code = `${getText("card_code", {}, language)}: ${[...card.code].join(" ")}`;
  const example = card.isExample ? getText("example_note", {}, language) : null;
  return [card.name, card.does, card.warning, ...lines, ...card.phones.map((phone) => phone.number), bring, code, example];
}

function endSentence(text) {
  return /[.!?:]$/.test(text.trim()) ? text : `${text}.`;
}

/** Of level P0 the urgent text is all there is (DESIGN §6.3). */
export function isWholeReply(urgent) {
  return urgent?.level === "P0";
}
