/** Reads a reply aloud, with a voice of the device itself. Where it has none for the language there is no button. */

import { make } from "./dom.js";
import { makeIcon } from "./icons.js";
import { getText } from "./words.js";

const speech = globalThis.speechSynthesis;
let current = null;

/**
 * Return a button that reads a text aloud, and stops.
 * @param {() => {text: string, language: string}[]} getPieces what is read; a piece that the device has no voice for is not
 * @param {string} language of the button, and of what is read for the most part
 */
export function makeReadButton(getPieces, language) {
  const label = make("span", {}, getText("page_read", {}, language));
  const button = make("button", { type: "button", class: "quiet read", hidden: "" }, makeIcon("speak"), label);
  const offer = () => {
    button.hidden = !findVoice(language);
  };
  button.addEventListener("click", () => {
    if (current === button) stopReading();
    else read(getPieces(), language, button, label);
  });
  if (speech) {
    offer();
    // Browsers tell late which voices there are.
    speech.addEventListener("voiceschanged", offer);
  }
  return button;
}

export function stopReading() {
  current = null;
  speech?.cancel();
}

function read(pieces, language, button, label) {
  stopReading();
  current = button;
  label.textContent = getText("page_read_stop", {}, language);
  const done = () => {
    label.textContent = getText("page_read", {}, language);
    if (current === button) current = null;
  };
  const spoken = pieces.filter((piece) => findVoice(piece.language)).map(makeUtterance);
  for (const one of spoken) one.addEventListener("error", done);
  spoken.at(-1)?.addEventListener("end", done);
  for (const one of spoken) speech.speak(one);
}

function makeUtterance({ text, language }) {
  const spoken = new SpeechSynthesisUtterance(text);
  spoken.lang = language;
  spoken.voice = findVoice(language);
  spoken.rate = 0.9;
  return spoken;
}

/** A voice of the device for this language, never one that sends the words to a server. */
function findVoice(language) {
  return speech?.getVoices().find((voice) => voice.localService && voice.lang.slice(0, 2) === language) ?? null;
}
