// Time by the server's clock: a phone whose own is wrong still tells when a visit was. By how much the two differ is
// learned from the Date of each fresh answer and remembered for when there is no network.
const KEPT = "vx-clock";
const TRUSTED_MS = 2000; // Date has whole seconds, and an answer takes its time
const SLOW_MS = 60_000; // an answer that took longer tells too little
const WRONG_MS = 10 * 60_000; // the server refuses a time that differs more from its identifier
let offset = remembered();

function remembered() {
  try {
    const kept = Number(localStorage.getItem(KEPT));
    return Number.isFinite(kept) ? kept : 0;
  } catch {
    return 0; // no storage: a worker, or a browser that forbids it
  }
}

// Now, by the server's clock as far as it is known; milliseconds since 1970.
export function now() {
  return Date.now() + (Math.abs(offset) > TRUSTED_MS ? offset : 0);
}

// Learns from an answer that came over the network, never from a kept one; `asked` is Date.now() when it was asked.
export function learn(answer, asked) {
  const told = Date.parse(answer.headers.get("Date") ?? "");
  const heard = Date.now();
  if (!Number.isFinite(told) || heard < asked || heard - asked > SLOW_MS) return;
  offset = told + 500 - (asked + heard) / 2;
  try {
    localStorage.setItem(KEPT, String(offset));
  } catch {
    // it is learned again from the next answer
  }
}

// By how many minutes the phone's clock is ahead (late: below 0); 0 where it is right enough.
export function wrongBy() {
  return Math.abs(offset) > WRONG_MS ? Math.round(-offset / 60_000) : 0;
}
