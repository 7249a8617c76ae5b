/** "Leg uit": the same in short steps, and what the difficult words mean, for who asks for it. */

import { makeReadButton } from "./aloud.js";
import { make } from "./dom.js";
import { makeIcon } from "./icons.js";
import { getText, inLanguage } from "./words.js";

/** Return what can be opened below a reply, or null where there is nothing to explain. */
export function makeExplained({ messages, difficult, language }) {
  const cards = messages.map((message) => message.card).filter((card) => card?.steps.length);
  if (!cards.length && !difficult.length) return null;
  const say = (key) => getText(key, {}, language);
  const told = (cards[0] ?? difficult[0]).language ?? language;
  const steps = cards.flatMap((card) => card.steps);
  const text = [...steps, ...difficult.map(({ word, meaning }) => `${word}: ${meaning}`)].join(" ");
  return make(
    "details",
    { class: "explained" },
    make("summary", {}, makeIcon("explain"), say("page_explain")),
    steps.length && make("h3", {}, say("page_explain_steps")),
    steps.length && make("ol", inLanguage(told), ...steps.map((step) => make("li", {}, step))),
    difficult.length && make("h3", {}, say("page_explain_words")),
    difficult.length && make("dl", inLanguage(told), ...difficult.flatMap(makeWord)),
    makeReadButton(() => [{ text, language: told }], told),
  );
}

function makeWord({ word, meaning }) {
  return [make("dt", {}, word), make("dd", {}, meaning)];
}
