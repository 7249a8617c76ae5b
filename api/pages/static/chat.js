/** Starts the chat of the page and listens to the form, the keyboard and the button that erases. */

import { Announcer } from "./announcer.js";
import { Conversation } from "./conversation.js";
import { Transcript } from "./transcript.js";
import { getText } from "./words.js";

/** From this part of the longest message on, the page says how much room is left. */
const NEARLY_FULL = 0.9;

const find = (id) => document.getElementById(id);
const [form, input, room, sure] = ["say", "input", "room", "sure"].map(find);
const transcript = new Transcript(find("transcript"), new Announcer(find("announcer")), press);
const conversation = new Conversation(transcript);
let isErasing = false;

function press(choice) {
  conversation.say({ buttonId: choice.id }, choice.label);
}

function send() {
  const text = input.value.trim();
  input.focus();
  if (!text || isErasing) return;
  input.value = "";
  showRoom();
  conversation.say({ text }, text, () => {
    if (!input.value) input.value = text;
  });
}

function showRoom() {
  const left = input.maxLength - input.value.length;
  const text = left <= input.maxLength * (1 - NEARLY_FULL) ? getText("page_room", { count: left }) : "";
  if (room.textContent !== text) room.textContent = text;
}

async function erase() {
  isErasing = true;
  input.value = "";
  showRoom();
  input.focus();
  const isErased = await conversation.erase();
  isErasing = false;
  transcript.addNote(isErased ? "wiped" : "page_wipe_failed");
  if (isErased) openConversation();
}

/** A conversation that does not open says so in its own place. */
function openConversation() {
  conversation.open().catch(() => {});
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
input.addEventListener("input", showRoom);
input.addEventListener("keydown", (event) => {
  // While somebody composes a character (Chinese, Arabic keyboards), Enter belongs to that.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
find("wipe").addEventListener("click", () => sure.showModal());
sure.addEventListener("close", () => {
  if (sure.returnValue === "wipe") erase();
  sure.returnValue = "";
});

for (const element of document.querySelectorAll("[data-with-script]")) element.hidden = false;
openConversation();
