// What was recorded: the place, the time, whether it is sent; who came along; leaving; taking it back.
import { REMOVABLE_MS } from "../diary/rules.js";
import { at, chip, focus, on, show, text, timeOf, word } from "./screen.js";
import { TONES } from "./confirming.js";

const MOST = 20;

export class Receipt {
  constructor({ diary, left, removed, another, failed }) {
    Object.assign(this, { diary, failed });
    this.visit = null;
    this.changing = Promise.resolve();
    on("fewer", () => this.#accompany(-1));
    on("more", () => this.#accompany(1));
    on("receipt-leave", () => left(this.visit));
    on("undo", () => removed(this.visit));
    on("another", another);
  }

  show(visit) {
    this.visit = visit;
    const isOut = visit.outAt !== null;
    text("heading", word(isOut ? "heading-out" : "heading-in"));
    text("result-name", visit.name || word("unnamed", { code: visit.shown }));
    text("result-words", word(isOut ? "result-out" : "result-in"));
    text("result-at", timeOf(isOut ? visit.outAt : visit.at));
    text("kept-address", visit.address);
    show("kept-address", Boolean(visit.address));
    show("kept-address-name", Boolean(visit.address));
    text("kept-code", visit.shown);
    chip("kept-check", TONES[visit.check] ?? "none", word(`check-${visit.check}`));
    text("usual-minutes", word("minutes", { n: visit.stay }));
    for (const name of ["usual", "receipt-leave", "with"]) show(name, !isOut);
    show("another", isOut);
    this.#count();
    chip("kept-sent", "warn", word("waiting"));
    void this.tellSent();
    focus("result");
  }

  close() {
    this.visit = null;
  }

  #count() {
    text("companions", this.visit.n);
    at("fewer").disabled = this.visit.n === 0;
    at("more").disabled = this.visit.n === MOST;
  }

  // One change after the other, however quickly it is tapped.
  #accompany(change) {
    this.changing = this.changing.then(async () => {
      const n = Math.min(MOST, Math.max(0, this.visit.n + change));
      if (n === this.visit.n) return;
      this.visit = await this.diary.accompany(this.visit, n);
      this.#count();
      void this.diary.flush();
    });
    this.changing = this.changing.catch((fault) => this.failed(fault));
  }

  // Says whether the last of the visit is with the server, and whether it may still be taken back.
  async tellSent() {
    const visit = this.visit;
    if (!visit) return;
    const { waiting, refused } = await this.diary.states();
    if (visit !== this.visit) return;
    const ids = [...visit.inIds, ...visit.outIds];
    const isWaiting = ids.some((id) => waiting.has(id));
    const code = ids.map((id) => refused.get(id)).find(Boolean);
    if (code) chip("kept-sent", "bad", word(`refused-${code}`) || word("refused"));
    else chip("kept-sent", isWaiting ? "warn" : "ok", word(isWaiting ? "waiting" : "sent"));
    show("undo", isWaiting || this.diary.now() - (visit.outAt ?? visit.at) < REMOVABLE_MS);
  }
}
