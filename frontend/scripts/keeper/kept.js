// What the page needs to work without a network: which point and machine it is, and the keys to seal to. Nothing of it
// is about anybody who came.
import { read, write } from "./slots.js";

const KEPT = "vx-keep";

export function recall() {
  return read(localStorage, KEPT);
}

export function remember(part) {
  const whole = { ...recall(), ...part };
  write(localStorage, KEPT, whole);
  return whole;
}
