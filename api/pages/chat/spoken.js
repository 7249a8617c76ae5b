/** Says a reply for the ear: in one piece, or one for each time that the language changes. */

import { splitLines } from "./card.js";
import { getText } from "./words.js";

/** Return the reply as pieces `{text, language}` of sentences: the urgent text first, the choices last. */
export function speakReply(reply) {
  const { language, urgent } = reply;
  const said = [...say(language, reply.safetyLine), ...say(urgent?.language, urgent?.text, urgent?.tip)];
  if (!isWholeReply(urgent)) {
    said.push(...reply.messages.flatMap((message) => speakMessage(message, language)));
    const choices = [...reply.menu, ...reply.buttons].map((choice) => choice.label);
    if (choices.length) said.push(...say(language, `${getText("page_choices", {}, language)}: ${choices.join(", ")}`));
  }
  return said.reduce(join, []);
}

function speakMessage(message, language) {
  const told = message.language ?? language;
  const phones = message.phones.flatMap((phone) => [phone.number, phone.note]);
  return [
    ...say(told, message.text),
    ...(message.card ? speakCard(message.card, language) : []),
    ...say(language, ...phones),
    ...say(told, ...message.items),
  ];
}

function speakCard(card, language) {
  const told = card.language ?? language;
  const { hours, others } = splitLines(card, language);
  const lines = [hours, ...others].filter(Boolean);
  return [
    ...say(told, card.name, card.does, card.warning),
    ...lines.flatMap((line) => [...say(language, `${line.heading}:`), ...say(told, line.text)]),
    ...say(language, ...card.phones.map((phone) => phone.number)),
    ...(card.bring.length ? [...say(language, `${card.bringHeading}:`), ...say(told, card.bring.join(", "))] : []),
    ...say(language, `${getText("card_code", {}, language)}: ${[...card.code].join(" ")}`),
    ...say(language, card.isExample && getText("example_note", {}, language)),
  ];
}

/** Sentences in one language; what is not there is not said. */
function say(language, ...texts) {
  return texts.filter(Boolean).map((text) => ({ text: endSentence(text), language }));
}

function join(pieces, piece) {
  const last = pieces.at(-1);
  if (last?.language !== piece.language) return [...pieces, piece];
  return [...pieces.slice(0, -1), { ...last, text: `${last.text} ${piece.text}` }];
}

function endSentence(text) {
  return /[.!?:؟]$/.test(text.trim()) ? text : `${text}.`;
}

/** Of level P0 the urgent text is all there is (DESIGN §6.3). */
export function isWholeReply(urgent) {
  return urgent?.level === "P0";
}
