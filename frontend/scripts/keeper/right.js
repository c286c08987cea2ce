// The right of this machine: 72 hours from its last contact, told as a duration so that a wrong clock neither shortens
// nor lengthens it. While the page is open it also counts by a clock that nobody can turn back.
import { read, write } from "./slots.js";

const KEPT = "vx-keep-right";
const CHECK_MS = 20_000;

export class Right {
  constructor(lapsed) {
    this.lapsed = lapsed;
    this.end = null; // by performance.now()
    this.until = read(localStorage, KEPT) ?? NaN;
    setInterval(() => this.check(), CHECK_MS);
    document.addEventListener("visibilitychange", () => this.check());
  }

  hold(seconds) {
    this.until = Date.now() + seconds * 1000;
    this.end = performance.now() + seconds * 1000;
    write(localStorage, KEPT, this.until);
  }

  forget() {
    this.until = NaN;
    write(localStorage, KEPT, null);
  }

  // True while the machine may work without having asked again.
  get holds() {
    const isOver = this.end !== null && performance.now() >= this.end;
    return Number.isFinite(this.until) && Date.now() < this.until && !isOver;
  }

  check() {
    if (Number.isFinite(this.until) && !this.holds) this.lapsed();
  }
}
