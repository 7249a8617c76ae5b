/**
 * Keeps two tabs of one site in step: a new one takes over the conversation of the one that is open, and what is said in one
 * is shown in the other. What goes from tab to tab is kept nowhere.
 */

const CHANNEL = "omdehoek";
/** Milliseconds in which another tab answers. */
const PATIENCE = 150;

export class Tabs {
  #channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(CHANNEL) : null;
  #getId;

  /**
   * @param {() => string | null} getId the conversation of this tab
   * @param {object} listeners `onTurn({turnId, said, reply})` and `onErased()`, for the same conversation elsewhere
   */
  constructor(getId, { onTurn, onErased }) {
    this.#getId = getId;
    this.#channel?.addEventListener("message", ({ data }) => {
      if (data.kind === "who") this.#answer();
      else if (data.id === getId() && data.kind === "turn") onTurn(data);
      else if (data.id === getId() && data.kind === "erased") onErased();
    });
  }

  /** Return the conversation that another tab holds, or null. */
  find() {
    if (!this.#channel) return Promise.resolve(null);
    return new Promise((resolve) => {
      const take = ({ data }) => {
        if (data.kind === "here") done(data.id);
      };
      const done = (id) => {
        clearTimeout(timer);
        this.#channel.removeEventListener("message", take);
        resolve(id);
      };
      const timer = setTimeout(() => done(null), PATIENCE);
      this.#channel.addEventListener("message", take);
      this.#tell({ kind: "who" });
    });
  }

  /** Tell the others what was said here and what came back. */
  tellTurn(turn) {
    this.#tell({ kind: "turn", id: this.#getId(), ...turn });
  }

  tellErased(id) {
    this.#tell({ kind: "erased", id });
  }

  close() {
    this.#channel?.close();
  }

  #answer() {
    const id = this.#getId();
    if (id) this.#tell({ kind: "here", id });
  }

  #tell(message) {
    this.#channel?.postMessage(message);
  }
}
