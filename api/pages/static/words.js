/** The words of the chat, and what else the page tells. They come with the page, from data/texts/; there is no sentence in these scripts. */

const page = JSON.parse(document.getElementById("page-data").textContent);

/** The language of the page, which a conversation starts in. */
export const pageLanguage = page.language;

/** The campaign whose link was followed, or null. */
export const campaign = page.campaign;

/**
 * Return the words of a key with the values filled in.
 * @param {string} key as in data/texts/
 * @param {Record<string, string | number>} values what stands between braces
 * @param {string} language of the reply that the words belong to; the page's own where we have no words in it
 */
export function getText(key, values = {}, language = pageLanguage) {
  const words = page.words[language] ?? page.words[pageLanguage];
  return words[key].replace(/\{(\w+)\}/g, (braces, name) => values[name] ?? braces);
}
