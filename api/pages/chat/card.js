/** The referral card: who helps, when and where, and what to bring. The heart of the page. */

import { atDoor } from "./door.js";
import { make, makeHidden } from "./dom.js";
import { askHelped } from "./helped.js";
import { makeIcon } from "./icons.js";
import { makeCallLink } from "./links.js";
import { printCard } from "./paper.js";
import { getText, inLanguage } from "./words.js";

let cards = 0;

/**
 * Return the card as an element. The hours come right after the name: "can I go there now?" is the first question.
 * @param {object} card CardView of api/chat/schemas.py
 * @param {string} language of the reply
 * @param {() => string | null} getConversation the id at the door
 */
export function makeCard(card, language, getConversation) {
  const headingId = `card-${++cards}`;
  const { hours, others } = splitLines(card, language);
  // What the directory tells may be in another language than the headings.
  const told = inLanguage(card.language);
  const shown = make(
    "article",
    { class: "card", "aria-labelledby": headingId },
    make(
      "header",
      { class: "card-top" },
      make("h2", { id: headingId, class: "card-name", ...told }, card.name),
      card.organisation && card.organisation !== card.name && make("p", { class: "card-organisation", ...told }, card.organisation),
      hours && makeHours(hours, language, told),
      card.does && make("p", { class: "card-does", ...told }, card.does),
    ),
    card.warning && make("p", { class: "card-warning", ...told }, card.warning),
    makeFacts(card, others, language),
    makePhones(card.phones, language),
    makeBring(card),
    makeReasons(card.reasons, language, told),
    makeKeep(card, language, () => printCard(shown)),
    card.slip && askHelped(card.slip, language, getConversation),
    card.isExample && make("p", { class: "card-example" }, getText("example_note", {}, language)),
  );
  return shown;
}

function makeHours({ heading, text }, language, told) {
  const hidden = makeHidden(`${heading}: `);
  hidden.lang = language;
  return make("p", { class: "card-hours", ...told }, hidden, text);
}

/** Return the line with the opening hours apart from the other lines. */
export function splitLines(card, language) {
  const heading = getText("card_hours", {}, language);
  return {
    hours: card.lines.find((line) => line.heading === heading),
    others: card.lines.filter((line) => line.heading !== heading),
  };
}

function makeFacts(card, lines, language) {
  const rows = lines.map((line) => makeFact(line.heading, make("span", inLanguage(card.language), line.text)));
  const website = makeWebsite(card.website);
  if (website) rows.push(makeFact(getText("card_website", {}, language), website));
  return rows.length ? make("dl", { class: "card-facts" }, ...rows) : null;
}

function makeFact(heading, content) {
  return make("div", {}, make("dt", {}, heading), make("dd", {}, content));
}

function makeWebsite(address) {
  // Anything but a web address ("javascript:") is shown and not linked.
  if (!address || !/^https?:\/\/[^/]/i.test(address)) return address;
  const shown = address.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
  return make("a", { href: address, rel: "noopener noreferrer" }, shown);
}

/** Telephone numbers, each on a line of its own. Also for a message that holds nothing else. */
export function makePhones(phones, language) {
  if (!phones.length) return null;
  const rows = phones.map((phone) =>
    make(
      "li",
      {},
      makeCallLink(getText("page_call", { number: phone.number }, language), phone.call),
      phone.note && make("span", { class: "phone-note" }, phone.note),
    ),
  );
  return make("ul", { class: "phones" }, ...rows);
}

function makeBring(card) {
  if (!card.bring.length) return null;
  return make(
    "section",
    { class: "card-bring" },
    make("h3", {}, card.bringHeading),
    make("ul", {}, ...card.bring.map((thing) => make("li", inLanguage(card.language), thing))),
  );
}

function makeReasons(reasons, language, told) {
  if (!reasons.length) return null;
  const label = getText("page_reasons", {}, language);
  return make("ul", { class: "chips", "aria-label": label }, ...reasons.map((reason) => make("li", told, reason)));
}

/** The code, and the ways to take the card along: on the own telephone, on paper, on the map. */
function makeKeep(card, language, onPrint) {
  const say = (key) => getText(key, {}, language);
  const print = make("button", { type: "button", class: "quiet" }, makeIcon("print"), say("page_print"));
  print.addEventListener("click", onPrint);
  const [showCode, code] = card.slip ? makeCode(card, say) : [];
  const wrong = `/klopt-niet/${encodeURIComponent(card.serviceId)}?lang=${language}`;
  const actions = [
    card.map && makeLink("route", card.map, say("page_route")),
    card.slip && makeLink("keep", atDoor(card.slip), say("page_slip_link")),
    showCode,
    print,
    makeLink(null, atDoor(wrong), say("page_report_link")),
  ];
  return make(
    "footer",
    { class: "card-foot" },
    make("p", { class: "card-code" }, `${say("card_code")}: `, make("strong", {}, card.code)),
    make("ul", { class: "card-actions" }, ...actions.filter(Boolean).map((action) => make("li", {}, action))),
    code,
  );
}

/** A link that opens beside the chat, which stays as it is. */
function makeLink(icon, address, label) {
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer", class: "quiet" }, icon && makeIcon(icon), label);
}

/** The button that shows the code to scan, and the place where it appears. */
function makeCode(card, say) {
  const place = make("div", { class: "card-qr", hidden: "" });
  const button = make("button", { type: "button", class: "quiet", "aria-expanded": "false" }, makeIcon("code"), say("page_qr"));
  button.addEventListener("click", () => {
    const address = new URL(atDoor(card.slip), location.href);
    const image = make("img", { src: `${address.origin}${address.pathname}/qr.svg`, alt: say("slip_qr_alt"), width: "200", height: "200" });
    place.replaceChildren(image, make("p", {}, say("slip_qr")));
    place.hidden = !place.hidden;
    button.setAttribute("aria-expanded", String(!place.hidden));
  });
  return [button, place];
}
