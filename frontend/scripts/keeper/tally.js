// What this machine itself remembers of a day: how many by hour, and the last five by their first letters. It lies in
// sessionStorage, and goes with the tab.
import { read, write } from "./slots.js";

const KEPT = "vx-keep-tally";
const MOST_SHOWN = 5;
const DAY_MS = 24 * 3600 * 1000;

export class Tally {
  constructor(at) {
    const kept = read(sessionStorage, KEPT);
    this.kept = kept && at - kept.begun < DAY_MS ? kept : { begun: at, hours: {}, last: [] };
  }

  // `n` persons passed; `initials` are those of the first, as far as they are known.
  add({ at, direction, n, initials, ids }) {
    const hour = new Date(at).getHours();
    const counts = (this.kept.hours[hour] ??= { in: 0, out: 0 });
    counts[direction] += n;
    this.kept.last.unshift({ at, direction, n, initials, ids });
    this.kept.last.length = Math.min(this.kept.last.length, MOST_SHOWN);
    write(sessionStorage, KEPT, this.kept);
  }

  // Takes the last act out again; null where there is none.
  takeBack() {
    const last = this.kept.last.shift() ?? null;
    if (last) this.kept.hours[new Date(last.at).getHours()][last.direction] -= last.n;
    write(sessionStorage, KEPT, this.kept);
    return last;
  }

  get last() {
    return this.kept.last;
  }

  // {hour: {in, out}} of the last day, and the sums.
  get hours() {
    return this.kept.hours;
  }

  total(direction) {
    return Object.values(this.kept.hours).reduce((sum, counts) => sum + counts[direction], 0);
  }
}
