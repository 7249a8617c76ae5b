// The field becomes a combobox (ARIA Authoring Practices, "editable combobox with list autocomplete"): what is found
// comes while one types, arrow keys walk, Enter opens, Escape empties. Without scripts Enter sends the form.
const PAUSE = 120; // milliseconds without a key before the desk is asked

const form = document.getElementById("look-up");
const field = document.getElementById("q");
const found = document.getElementById("found");
const told = document.getElementById("told");
let options = [];
let active = -1;
let timer;
let asking;

field.setAttribute("role", "combobox");
field.setAttribute("aria-autocomplete", "list");
field.setAttribute("aria-controls", "options");
adopt();
field.setSelectionRange(field.value.length, field.value.length);

// Make a listbox of the links that came.
function adopt() {
  options = [...found.querySelectorAll(".option")];
  const list = options.length ? document.getElementById("options") : null;
  list?.setAttribute("role", "listbox");
  for (const option of options) {
    option.setAttribute("role", "option");
    option.tabIndex = -1;
  }
  field.setAttribute("aria-expanded", String(options.length > 0));
  choose(options.length ? 0 : -1);
}

function choose(number) {
  active = number;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
  if (number < 0) {
    field.removeAttribute("aria-activedescendant");
    return;
  }
  field.setAttribute("aria-activedescendant", options[number].id);
  options[number].scrollIntoView({ block: "nearest" });
}

function empty() {
  found.replaceChildren();
  told.textContent = "";
  adopt();
}

async function ask() {
  if (!field.value.trim()) {
    empty();
    return;
  }
  asking = new AbortController();
  const { signal } = asking;
  try {
    const answer = await fetch("/desk/found", { method: "POST", body: new URLSearchParams(new FormData(form)), signal });
    if (!answer.ok) {
      empty(); // Enter tells what is wrong, and keeps what was typed
      return;
    }
    found.innerHTML = await answer.text();
    adopt();
    told.textContent = options.length ? told.dataset.found.replace("{count}", options.length) : told.dataset.none;
  } catch (error) {
    if (error.name !== "AbortError") empty();
  }
}

// Tell which topic was opened: when the triage did not offer it, there is something to learn. What is told too much is
// left out at the other side.
found.addEventListener("click", (event) => {
  const topic = event.target.closest("[data-topic]")?.dataset.topic;
  if (topic) navigator.sendBeacon("/desk/missed", new URLSearchParams({ q: field.value, topic }));
});

field.addEventListener("input", () => {
  clearTimeout(timer);
  asking?.abort();
  choose(-1); // what is shown belongs to what was typed before
  timer = setTimeout(ask, PAUSE);
});

field.addEventListener("keydown", (event) => {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps && options.length) {
    event.preventDefault();
    choose((active + steps[event.key] + options.length) % options.length);
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    options[active].click();
  } else if (event.key === "Escape") {
    field.value = "";
    empty();
  }
});

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    field.select();
    field.focus();
  }
});
