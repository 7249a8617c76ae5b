/** Copies the lines for the site; there is a button only where the browser lets us. */

const button = document.getElementById("copy");
const said = document.getElementById("copied");

if (navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById("snippet").textContent);
    said.textContent = button.dataset.done;
  });
}
