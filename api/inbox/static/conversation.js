// Keeps a conversation up to date: what is new comes below what was there, and Enter sends.
import { countInTitle, follow } from "./live.js";

const transcript = document.getElementById("transcript");
const log = transcript.querySelector("[role=log]");
const state = transcript.querySelector("[role=status]");
const answer = document.getElementById("answer");
let unseen = 0;

log.scrollTop = log.scrollHeight;
follow(transcript.dataset.from, (part) => {
  const said = log.querySelector("ol");
  for (const entry of part.querySelectorAll("li")) {
    if (document.getElementById(entry.id)) continue;
    said.append(entry);
    unseen += document.hidden ? 1 : 0;
  }
  const now = part.querySelector("[role=status]");
  if (state.textContent !== now.textContent) state.replaceChildren(...now.childNodes);
  log.scrollTop = log.scrollHeight;
  countInTitle(unseen);
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unseen = 0;
  countInTitle(unseen);
});

answer?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  answer.form.requestSubmit();
});
