// Asks for a part of the page every three seconds and hands it over when it changed.
const PAUSE = 3000; // milliseconds

/**
 * `take` gets the part as a document fragment, each time that it is another than before. Who is signed out meanwhile
 * gets the page to sign in; what cannot be reached is asked for again.
 */
export function follow(path, take) {
  let tag = "";
  async function look() {
    try {
      const answer = await fetch(path, { headers: tag ? { "If-None-Match": tag } : {} });
      if (answer.redirected || answer.status === 401) {
        location.reload();
        return;
      }
      if (answer.status === 200) {
        tag = answer.headers.get("ETag") ?? "";
        const part = document.createElement("template");
        part.innerHTML = await answer.text();
        take(part.content);
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // a TypeError: the network is away for a moment
    }
    setTimeout(look, PAUSE);
  }
  look();
}

/** Put a number before the title, so that a tab that lies behind another tells it too. */
export function countInTitle(count) {
  const bare = document.title.replace(/^\(\d+\) /, "");
  document.title = count ? `(${count}) ${bare}` : bare;
}
