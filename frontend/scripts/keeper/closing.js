// Closing: everybody who is still inside is written out at once, and for ten minutes that can be undone.
import { now } from "../clock.js";
import { newId } from "../uuid7.js";
import { read, write } from "./slots.js";
import { timeOf, word } from "./words.js";

const KEPT = "vx-keep-closing";

function recalled() {
  const kept = read(sessionStorage, KEPT);
  return kept && now() < kept.until ? kept : null;
}

export class Closing {
  constructor({ screen, server, told }) {
    Object.assign(this, { screen, server, told });
    this.act = recalled();
    screen.at("leave").addEventListener("click", () => void this.leave());
    screen.at("leave-undo").addEventListener("click", () => void this.undo());
    this.#drawn();
  }

  async leave() {
    this.trial ??= newId(now()); // the same act when it is pressed again after no answer
    const said = await this.#call("leave", { id: this.trial });
    if (!said) return;
    const at = now();
    this.act = { id: this.trial, left: said.left, at, until: at + said.undo_seconds * 1000 };
    this.trial = null;
    write(sessionStorage, KEPT, this.act);
    this.#drawn();
  }

  async undo() {
    const said = await this.#call("leave/undo", { id: this.act.id });
    if (!said) return;
    this.act = null;
    write(sessionStorage, KEPT, null);
    this.#drawn();
    this.screen.tell(word("leave_undone", { n: said.back }));
  }

  async #call(name, body) {
    try {
      const { ok, said } = await this.server.call(name, body);
      if (!ok) return this.screen.tell(said.message ?? word("not_now")), null;
      this.told(said.inside);
      return said;
    } catch {
      this.screen.tell(word("leave_needs_network"));
      return null;
    }
  }

  #drawn() {
    this.screen.show("left", this.act !== null);
    if (!this.act) return;
    this.screen.text("left-words", word("left", { n: this.act.left, at: timeOf(this.act.at) }));
    setTimeout(() => this.#overdue(), Math.max(0, this.act.until - now()) + 500);
  }

  #overdue() {
    this.act = recalled();
    this.screen.show("left", this.act !== null);
  }
}
