// What the page needs to work without a network: which point and machine it is, and the keys to seal to. Nothing of it
// is about anybody who came.
const KEPT = "vx-keep";

export function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "null");
  } catch {
    return null;
  }
}

export function remember(part) {
  const whole = { ...recall(), ...part };
  try {
    localStorage.setItem(KEPT, JSON.stringify(whole));
  } catch {
    // full or forbidden: asked for again when the page is opened next
  }
  return whole;
}
