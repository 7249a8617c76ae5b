// Shortcuts of the desk: Ctrl+K goes back to the field, Ctrl+Enter registers. With a modifier, so that no letter does it.
// No module: it listens before the page is shown, so that nobody types too fast for it.
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey)) return;
  const back = document.getElementById("back");
  const form = document.getElementById("register");
  if (event.key.toLowerCase() === "k" && back) {
    event.preventDefault();
    back.click();
  } else if (event.key === "Enter" && form) {
    event.preventDefault();
    form.requestSubmit();
  }
});
