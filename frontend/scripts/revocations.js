// The list of revoked codes of control points, asked without a network. What the bytes are and how a
// number passes a sieve stands in vungxanh/protocol/places/revocations.py; both must answer the same.
const MAGIC = 0x56585256; // VXRV
const HEAD = 59;
const SIEVE = 16;
const SIGNATURE = 64;
const DOMAIN = new TextEncoder().encode("vungxanh.revoked");
const WORD = 2 ** 32;

function mix(word) {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}

function passes({ bits, power, starts, seeds, slots }, number) {
  const high = Math.floor(number / WORD); // `number ^ seed` takes the lower 32 bits
  const [start, first, second] = seeds.map((seed) => mix(mix(number ^ seed) ^ high));
  const ones = 2 ** bits - 1;
  let segment = Math.floor((start * starts) / WORD); // the product is below 2^48, so exact
  let found = start & ones;
  for (const place of [first, first >>> 16, second, second >>> 16]) {
    const bit = (segment++ * 2 ** power + (place & (2 ** power - 1))) * bits;
    const at = Math.floor(bit / 8);
    const window = (slots[at] << 16) | (slots[at + 1] << 8) | slots[at + 2]; // past the end: 0
    found ^= (window >>> (24 - (bit % 8) - bits)) & ones;
  }
  return found === 0;
}

function sievesIn(bytes, view, count) {
  let at = HEAD + count * SIEVE;
  if (count > 2 || bytes.length < at + SIGNATURE) return null;
  const sieves = [];
  for (let head = HEAD; sieves.length < count; head += SIEVE) {
    const [bits, power, starts] = [bytes[head], bytes[head + 1], view.getUint16(head + 2)];
    if (bits < 1 || bits > 16 || power > 16 || starts < 1) return null;
    const seeds = [4, 8, 12].map((place) => view.getUint32(head + place));
    const end = at + Math.ceil(((starts + 3) * 2 ** power * bits) / 8);
    sieves.push({ bits, power, starts, seeds, slots: bytes.subarray(at, end) });
    at = end;
  }
  return at + SIGNATURE === bytes.length ? sieves : null;
}

// The list in these bytes (Uint8Array); null where they are none, are damaged or of a newer version.
export function readRevocations(bytes) {
  if (bytes.length < HEAD + SIGNATURE) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== MAGIC || bytes[4] !== 1) return null;
  const sieves = sievesIn(bytes, view, bytes[5]);
  const keyId = [...bytes.subarray(6, 10)].map((one) => one.toString(16).padStart(2, "0")).join("");
  const upto = bytes[10] * WORD + view.getUint32(11);
  const [builtAt, issued, revoked] = [15, 19, 23].map((at) => view.getUint32(at));
  if (!sieves || revoked > issued || issued > upto + 1) return null;
  if (sieves.length > 0 !== (revoked > 0 && revoked < issued)) return null;
  function holds(number) {
    if (!Number.isInteger(number) || number < 0 || number > upto) return "not_covered";
    const isRevoked = revoked > 0 && sieves.every((sieve) => passes(sieve, number));
    return isRevoked ? "revoked" : "not_revoked";
  }
  return { keyId, upto, builtAt, issued, revoked, holds };
}

// What a list's key signed, and its signature.
export function signedIn(bytes) {
  const message = new Uint8Array([...DOMAIN, ...bytes.subarray(0, -SIGNATURE)]);
  return { message, signature: bytes.subarray(-SIGNATURE) };
}

// Whether the key (32 bytes) signed the list; null where the browser cannot tell: it knows no Ed25519 (Chrome
// before 137), or the page did not come by HTTPS.
export async function isSigned(bytes, publicKey) {
  const { message, signature } = signedIn(bytes);
  try {
    const key = await crypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, key, signature, message);
  } catch {
    return null;
  }
}
