// Keeps the list up to date: who waits, told in the title and, when it changes, aloud.
import { countInTitle, follow } from "./live.js";

const list = document.getElementById("list");
const told = document.getElementById("told");
let count = readCount(list);

function readCount(part) {
  return Number(part.querySelector("[data-count]").dataset.count);
}

countInTitle(count);
follow(list.dataset.from, (part) => {
  const focused = document.activeElement?.id;
  const before = count;
  count = readCount(part);
  list.replaceChildren(part);
  if (focused?.startsWith("open-")) document.getElementById(focused)?.focus();
  countInTitle(count);
  if (count !== before) told.textContent = count ? told.dataset.some.replace("{count}", count) : told.dataset.none;
});
