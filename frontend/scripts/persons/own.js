// Our personal code, the twin of vungxanh/protocol/personal/own.py: read strictly, judged at a second.
const PREFIX = "VX1P.";
const SIZE = 122;
export const TEXT_SIZE = 201;
const HEAD = 14;
const SIGNATURE = 64;
const SCREEN_SECONDS = 60;
const TOLERANCE_SECONDS = 120;
const LATEST = 2 ** 32 - 1;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const KINDS = [null, "screen", "one_time", "card"];

export const isOwn = (text) => text.trim().startsWith(PREFIX);

// The bytes after a prefix, written in the one way that they are: no character too many, spare bits 0; null for others.
export function bytesIn(text, prefix, size) {
  if (text.length !== prefix.length + Math.ceil((size * 8) / 5) || !text.startsWith(prefix)) return null;
  const bytes = new Uint8Array(size);
  let [held, bits, at] = [0, 0, 0];
  for (const letter of text.slice(prefix.length)) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8 && at < size) bytes[at++] = (held >> (bits -= 8)) & 0xff;
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : null;
}

function isBounded(kind, from, until) {
  return until > from && until <= (kind === "screen" ? Math.min(from + SCREEN_SECONDS, LATEST) : LATEST);
}

// What the code says: {kind, keyId, from, until, signed, signature}, or {fault: "not_ours" | "newer"}.
export function readOwn(text) {
  const bytes = bytesIn(text.trim(), PREFIX, SIZE);
  if (!bytes) return { fault: "not_ours" };
  if (bytes[0] !== 1) return { fault: "newer" };
  const view = new DataView(bytes.buffer);
  const [from, until] = [view.getUint32(6), view.getUint32(10)];
  const kind = KINDS[bytes[1]];
  if (!kind || !isBounded(kind, from, until)) return { fault: "not_ours" };
  const keyId = [...bytes.subarray(2, 6)].map((one) => one.toString(16).padStart(2, "0")).join("");
  return { kind, keyId, from, until, handle: bytes.subarray(HEAD, SIZE - SIGNATURE), signed: bytes.subarray(0, -SIGNATURE), signature: bytes.subarray(-SIGNATURE) };
}

// By how many seconds the clocks of a phone and a door may be apart.
export const slackOf = (code) => (code.kind === "screen" ? TOLERANCE_SECONDS : 0);

// "early", "valid" or "late" at a second; clocks of phone and door may differ for codes on screens.
export function validityOf(code, second) {
  const slack = slackOf(code);
  if (second < code.from - slack) return "early";
  return second < code.until + slack ? "valid" : "late";
}
