// The server's keys that boxes are sealed to: each signed by a key of codes, chosen for the longest life.
import { bytesOf } from "../base64.js";

const DOMAIN = new TextEncoder().encode("vungxanh.doorkey");

function signedPart({ id, public: key, until }) {
  const number = Uint8Array.from(id.match(/../g), (byte) => parseInt(byte, 16));
  const end = new Uint8Array(8);
  new DataView(end.buffer).setBigUint64(0, BigInt(Math.floor(Date.parse(until) / 1000)));
  return new Uint8Array([...DOMAIN, ...number, ...bytesOf(key), ...end]);
}

// Those of `keys` that a key of `ring` (id to 32 bytes) signed. `verify` is that of places/ed25519.js.
export async function trusted(keys, ring, verify) {
  const held = [];
  for (const key of keys) {
    const signer = ring.get(key.signed_by);
    if (signer && (await verify(signer, bytesOf(key.signature), signedPart(key)))) held.push(key);
  }
  return held;
}

// The key to seal to now: of those that have begun and not ended, the one that ends last; null where there is none.
export function keyAt(keys, at) {
  const good = keys.filter((key) => Date.parse(key.from) <= at && at < Date.parse(key.until));
  return good.reduce((best, key) => (best && Date.parse(best.until) >= Date.parse(key.until) ? best : key), null);
}
