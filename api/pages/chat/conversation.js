/**
 * One conversation with the door: begins or goes on, sends turns, erases. A turn has one id for as long as it lives, so
 * that trying again never sends it twice.
 */

import * as door from "./door.js";
import { tryPatiently } from "./patience.js";
import { Person } from "./person.js";
import { isWholeReply } from "./spoken.js";
import { forget, recall, remember } from "./store.js";
import { Tabs } from "./tabs.js";
import { describeFailure, describeTrouble, isWorthRetrying } from "./trouble.js";
import { fetchWords, getChat, getText, useLanguage } from "./words.js";

/** Milliseconds before each look for the reply to a turn that was on its way when the page was reloaded. */
const LOOKS = [500, 2000, 4000, 8000];

/** Milliseconds that the tab which erased a conversation is ahead of the others. */
const HEAD_START = 1500;

export class Conversation {
  #transcript;
  #id = null;
  #first = null;
  #opening = null;
  #life = new AbortController();
  #tabs = new Tabs(() => this.#id, {
    onTurn: (turn) => this.#showElsewhere(turn),
    onErased: () => this.#eraseHere(),
  });

  /** What is shown of a person of the library, and the way back. */
  person = new Person(
    (message) => this.#transcript.showPerson(message),
    (reply) => this.#transcript.addTurn().showReply(reply),
  );

  /** @param {import("./transcript.js").Transcript} transcript */
  constructor(transcript) {
    this.#transcript = transcript;
  }

  /** The id at the door, or null as long as there is none. */
  get id() {
    return this.#id;
  }

  /** Stop what is under way; nothing is erased. */
  leave() {
    this.#life.abort();
    this.person.stop();
    this.#tabs.close();
  }

  /** Go on with the conversation of this tab, or begin one. Done once; again only after it went wrong. */
  open() {
    this.#first ??= this.#transcript.addTurn();
    if (!this.#opening) {
      const opening = this.#begin(this.#first, this.#life.signal);
      this.#opening = opening;
      opening.catch(() => {
        if (this.#opening === opening) this.#opening = null;
      });
    }
    return this.#opening;
  }

  /**
   * Send a text, a button or the choice of a language and show the reply.
   * @param {{text: string} | {buttonId: string} | {language: string}} said
   * @param {string | null} label what the citizen sees of it
   * @param {() => void} giveBack called when the text is too long to be sent
   */
  say(said, label, giveBack = () => {}) {
    const turn = { turnId: makeTurnId(), ...said };
    return this.#deliver(turn, this.#transcript.addTurn(label), { giveBack, label });
  }

  /** Erase everything, the screen at once and then at the door; return whether the door did. */
  async erase() {
    const id = this.#id ?? recall().id;
    this.#clear();
    if (id && !(await eraseAtDoor(id, this.#life.signal))) return false;
    if (id) this.#tabs.tellErased(id);
    forget();
    this.#id = this.#opening = null;
    return true;
  }

  #clear() {
    this.#life.abort();
    this.#life = new AbortController();
    this.person.stop();
    this.#transcript.clear();
    this.#first = null;
  }

  /** It was erased in another tab: nothing of it stays here, and a new one begins. */
  #eraseHere() {
    this.#clear();
    forget();
    this.#id = this.#opening = null;
    this.#transcript.addNote("wiped");
    // The tab that erased begins anew; this one takes that over.
    setTimeout(() => this.open().catch(() => {}), HEAD_START);
  }

  /** Show what was said in another tab. */
  async #showElsewhere({ turnId, said, reply }) {
    if (this.#transcript.has(turnId)) return;
    await follow(reply, this.#life.signal);
    this.#show(this.#transcript.addTurn(said), reply);
  }

  #show(answer, reply) {
    answer.showReply(reply);
    this.person.follow(this.#id, reply.person);
  }

  async #begin(answer, life) {
    answer.showPending({ isFirst: true });
    try {
      const kept = recall();
      kept.id ??= await this.#tabs.find();
      const found = kept.id ? await this.#find(kept.id, answer, life) : null;
      if (found) {
        await Promise.all(found.replies.map((reply) => fetchWords(reply.language, life)));
        await useLanguage(found.language, life);
        this.#keep(found.conversationId);
        answer.showEarlier(found.replies);
        this.person.follow(this.#id, found.person);
        if (isUnanswered(kept.waiting, found.replies)) this.#lookFor(kept.waiting, life);
        return;
      }
      if (kept.id) answer.showNote("page_started_again");
      const begun = await this.#start(answer, life);
      answer.showReply(begun.replies.at(-1), { isFirst: !kept.id });
    } catch (error) {
      // A retry that fails shows itself; there is nobody to tell.
      if (!life.aborted) answer.showFailure(describeFailure(error), () => this.open().catch(() => {}));
      throw error;
    }
  }

  async #deliver(turn, answer, said) {
    const life = this.#life.signal;
    answer.showPending();
    try {
      const emergency = this.#id ? null : await askEmergency(turn, life);
      if (life.aborted) return;
      if (!emergency) {
        await this.open();
        this.#keep(this.#id, turn.turnId);
      }
      const reply = emergency ?? (await this.#send(turn, answer, life));
      if (life.aborted) return;
      if (this.#id) this.#keep(this.#id);
      await follow(reply, life);
      if (life.aborted) return;
      this.#show(answer, reply);
      if (this.#id) this.#tabs.tellTurn({ turnId: reply.turnId, said: said.label, reply });
    } catch (error) {
      if (life.aborted) return;
      if (error.status === 413) said.giveBack();
      const retry = isWorthRetrying(error) ? () => this.#deliver(turn, answer, said) : null;
      answer.showFailure(describeFailure(error), retry);
    }
  }

  async #send(turn, answer, life) {
    const request = turn.language ? door.chooseLanguage : door.sendTurn;
    const send = () => this.#try(() => request(this.#id, turn, life), answer, life);
    try {
      return await send();
    } catch (error) {
      if (error.code !== "unknown_conversation") throw error;
    }
    answer.showNote("page_started_again");
    const begun = await this.#start(answer, life);
    // A button belongs to the conversation that is gone; the new one is in the language that was chosen.
    return turn.text ? send() : begun.replies.at(-1);
  }

  async #start(answer, life) {
    const begun = await this.#try(() => door.startConversation(getWanted(), life), answer, life);
    if (!life.aborted) this.#keep(begun.conversationId);
    return begun;
  }

  /** Return the conversation, or null when the door does not have it any more. */
  async #find(id, answer, life) {
    try {
      return await this.#try(() => door.findConversation(id, life), answer, life);
    } catch (error) {
      if (error.status !== 404) throw error;
      return null;
    }
  }

  /** Look a few times for the reply to a turn that another life of this page sent. */
  async #lookFor(turnId, life) {
    const answer = this.#transcript.addTurn();
    answer.showPending();
    for (const pause of LOOKS) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (life.aborted) return;
      const found = await door.findConversation(this.#id, life).catch(() => null);
      const reply = found?.replies.find((one) => one.turnId === turnId);
      if (reply && !life.aborted) return answer.showReply(reply);
    }
    if (!life.aborted) answer.showFailure(getText("page_maybe_lost"));
  }

  #try(action, answer, life) {
    return tryPatiently(action, life, (error) => answer.showTrouble(describeTrouble(error)));
  }

  #keep(id, waiting = null) {
    this.#id = id;
    remember({ id, waiting });
  }
}

/**
 * Send a text before there is a conversation. An emergency gets its reply even then, whatever is down (DESIGN §6.3);
 * of anything else the door says that it does not know this conversation, and keeps nothing.
 */
function askEmergency(turn, life) {
  return turn.text ? door.sendTurn("none", turn, life).catch(() => null) : null;
}

/** The chat is in the language of the reply; around an emergency it stays as it was. */
function follow(reply, life) {
  return isWholeReply(reply.urgent) ? fetchWords(reply.language, life) : useLanguage(reply.language, life);
}

async function eraseAtDoor(id, life) {
  try {
    await tryPatiently(() => door.eraseConversation(id, life), life, () => {});
    return true;
  } catch (error) {
    // Gone already is as good as erased.
    return error.status === 404;
  }
}

/** What the door wants to know of a conversation that begins. */
function getWanted() {
  const { language, library, campaign, location } = getChat();
  return { language, library, campaign, location };
}

function isUnanswered(turnId, replies) {
  return Boolean(turnId) && !replies.some((reply) => reply.turnId === turnId);
}

function makeTurnId() {
  // `crypto.randomUUID` exists on https only; a library may well try this out on its own network.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
