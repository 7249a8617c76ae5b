// The PDF is fetched, so that the page can tell while it is made; without scripts the form simply downloads it.
const form = document.getElementById("document");
const progress = document.getElementById("progress");
const button = form.querySelector("button[type=submit]");

async function download() {
  const answer = await fetch(`${form.action}?${new URLSearchParams(new FormData(form))}`);
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))[1];
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  progress.textContent = progress.dataset.making;
  try {
    await download();
    progress.textContent = progress.dataset.made;
  } catch {
    progress.textContent = progress.dataset.failed;
  }
  button.removeAttribute("aria-disabled");
});
