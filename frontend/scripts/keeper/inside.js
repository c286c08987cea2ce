// People inside: the server's last word, and what this machine has let in and out since.
export class Inside {
  constructor() {
    this.n = null;
    this.waiting = new Map(); // id of a row that the server does not know yet: +1 or -1
  }

  told(n) {
    if (Number.isInteger(n)) this.n = n;
  }

  passed(ids, direction) {
    for (const id of ids) this.waiting.set(id, direction === "in" ? 1 : -1);
  }

  // The server knows these now, or never will.
  settled(ids) {
    for (const id of ids) this.waiting.delete(id);
  }

  get now() {
    const moved = [...this.waiting.values()].reduce((sum, one) => sum + one, 0);
    return this.n === null ? null : Math.max(0, this.n + moved);
  }
}
