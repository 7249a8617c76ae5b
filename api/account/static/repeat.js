// Sends again what was typed before the session ended; without scripts the button on the page does it.
document.getElementById("repeat").requestSubmit();
