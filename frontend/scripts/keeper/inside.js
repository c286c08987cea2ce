// People inside: the server's last word, and what this machine has let in and out since. Numbers alone, kept so that
// the page still tells them when it is opened again without a network.
import { read, write } from "./slots.js";

const KEPT = "vx-keep-inside";

export class Inside {
  constructor() {
    const kept = read(localStorage, KEPT);
    this.n = Number.isInteger(kept?.n) ? kept.n : null;
    this.waiting = new Map(kept?.waiting ?? []); // id of a row that the server does not know yet: +1 or -1
    this.changes = 0; // how often the server told the number after it had changed it for us
  }

  // The number after what the server was asked to change.
  told(n) {
    this.changes += 1;
    this.#tell(n);
  }

  // The number that was only looked at, when so many changes were known: it may be older than the last change.
  looked(n, changes) {
    if (changes === this.changes) this.#tell(n);
  }

  #tell(n) {
    if (Number.isInteger(n)) this.n = n;
    this.#keep();
  }

  passed(ids, direction) {
    for (const id of ids) this.waiting.set(id, direction === "in" ? 1 : -1);
    this.#keep();
  }

  // The server knows these now, or never will.
  settled(ids) {
    for (const id of ids) this.waiting.delete(id);
    this.#keep();
  }

  // Of what was kept from before, only these still wait.
  still(ids) {
    this.settled([...this.waiting.keys()].filter((id) => !ids.includes(id)));
  }

  #keep() {
    write(localStorage, KEPT, { n: this.n, waiting: [...this.waiting] });
  }

  get now() {
    const moved = [...this.waiting.values()].reduce((sum, one) => sum + one, 0);
    return this.n === null ? null : Math.max(0, this.n + moved);
  }
}
