/** The referral card: who helps, when and where, and what to bring. The heart of the page. */

import { make, makeHidden } from "./dom.js";
import { askHelped } from "./helped.js";
import { makeCallLink } from "./links.js";
import { getText } from "./words.js";

let cards = 0;

/**
 * Return the card as an element. The hours come right after the name: "can I go there now?" is the first question.
 * @param {object} card CardView of api/chat/schemas.py
 * @param {string} language of the reply
 */
export function makeCard(card, language) {
  const headingId = `card-${++cards}`;
  const { hours, others } = splitLines(card, language);
  return make(
    "article",
    { class: "card", "aria-labelledby": headingId },
    make(
      "header",
      { class: "card-top" },
      make("h2", { id: headingId, class: "card-name" }, card.name),
      card.organisation && card.organisation !== card.name && make("p", { class: "card-organisation" }, card.organisation),
      hours && make("p", { class: "card-hours" }, makeHidden(`${hours.heading}: `), hours.text),
      card.does && make("p", { class: "card-does" }, card.does),
    ),
    card.warning && make("p", { class: "card-warning" }, card.warning),
    makeFacts(card, others, language),
    makePhones(card.phones, language),
    makeBring(card),
    makeReasons(card.reasons, language),
    makeFoot(card, language),
    card.slip && askHelped(card.slip, language),
    card.isExample && make("p", { class: "card-example" }, getText("example_note", {}, language)),
  );
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
  const rows = lines.map((line) => makeFact(line.heading, line.text));
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
    make("ul", {}, ...card.bring.map((thing) => make("li", {}, thing))),
  );
}

function makeReasons(reasons, language) {
  if (!reasons.length) return null;
  const label = getText("page_reasons", {}, language);
  return make("ul", { class: "chips", "aria-label": label }, ...reasons.map((reason) => make("li", {}, reason)));
}

/** The way to say that something on the card is wrong; the conversation stays open in its own tab. */
function makeReport(card, language) {
  const address = `/klopt-niet/${encodeURIComponent(card.serviceId)}?lang=${language}`;
  return make("a", { href: address, target: "_blank", class: "card-report" }, getText("page_report_link", {}, language));
}

/** The citizen's own page of this card, to keep. */
function makeSlip(card, language) {
  if (!card.slip) return null;
  return make("a", { href: card.slip, target: "_blank", class: "card-report" }, getText("page_slip_link", {}, language));
}

function makeFoot(card, language) {
  const print = make("button", { type: "button", class: "quiet print" }, getText("page_print", {}, language));
  print.addEventListener("click", () => window.print());
  return make(
    "footer",
    { class: "card-foot" },
    make("p", { class: "card-code" }, `${getText("card_code", {}, language)}: `, make("strong", {}, card.code)),
    makeSlip(card, language),
    makeReport(card, language),
    print,
  );
}
