// While somebody types: what there is to mend and the coming two weeks, found by the same rules as on saving.

const PAUSE = 500; // milliseconds without a key

const form = document.getElementById("service");
const tally = document.getElementById("tally");
let timer = 0;
let asked = 0;

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
});
// What was typed before this script was there.
if ([...form.elements].some((field) => "defaultValue" in field && field.value !== field.defaultValue)) check();

async function check() {
  const number = ++asked;
  const body = new URLSearchParams(new FormData(form));
  body.set("action", "fragment");
  const answer = await ask(body);
  if (answer && number === asked) show(answer);
}

// `form.action` would be the button of that name. Without a connection, or after the session has ended, what was told stays; saving tells the rest.
async function ask(body) {
  try {
    const response = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "text/html" } });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

function show(text) {
  const found = new DOMParser().parseFromString(text, "text/html").getElementById("check");
  if (!found) return;
  document.getElementById("check").replaceWith(found);
  if (tally.textContent !== found.dataset.tally) tally.textContent = found.dataset.tally;
  const told = new Map();
  const wrong = new Set();
  for (const line of found.querySelectorAll("[data-field]")) {
    const { field, text: said } = line.dataset;
    told.set(field, [...(told.get(field) ?? []), said]);
    if (line.classList.contains("error")) wrong.add(field);
  }
  for (const place of form.querySelectorAll(".told")) {
    const field = place.id.replace(/-told$/, "");
    place.textContent = (told.get(field) ?? []).join(" ");
    const input = document.getElementById(field);
    if (wrong.has(field)) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
  }
}
