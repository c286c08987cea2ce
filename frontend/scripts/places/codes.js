// What a scanned text is, told without a network: the same answers as vungxanh/checkins/values/verdicts.py.
import { bytesOf, urlText } from "../base64.js";
import { verify } from "./ed25519.js";
import { readTyped, shown, written } from "./short-codes.js";

export { readTyped };
const SIZE = 82;
const SIGNED = 18;
const DOMAIN = new TextEncoder().encode("vungxanh.place");
const FIRST_DAY_MS = Date.UTC(2020, 0, 1) - 7 * 3600 * 1000; // midnight in Viet Nam
const DAY_MS = 24 * 3600 * 1000;
const PAYLOAD = /^[A-Za-z0-9_-]{110}$/;
const LABEL = "(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const LINK = new RegExp(`^(https?://${LABEL}(?:\\.${LABEL})*(?::[1-9][0-9]{0,4})?)/c/([0-9A-Z]{9})(?:#(.*))?$`);
const LONGEST = 512;
const PERSONAL = /^(?:VX1P\.|[0-9]{9,12}\||[A-Z]{2}[0-9]{13}\|)/;
const nothing = { code: "", shown: "", entrance: 0, issue: null };

function refused(verdict, kind) {
  return { ...nothing, verdict, kind };
}

// The parts of a payload; null where it is none, or not written the one way it can be.
function partsOf(payload) {
  if (!PAYLOAD.test(payload)) return null;
  const bytes = bytesOf(payload);
  if (bytes.length !== SIZE || urlText(bytes) !== payload) return null;
  const issue = bytes.subarray(13, SIGNED).reduce((number, byte) => number * 256 + byte, 0);
  const keyId = Array.from(bytes.subarray(1, 5), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const code = written(bytes.subarray(5, 10));
  const from = FIRST_DAY_MS + (bytes[11] * 256 + bytes[12]) * DAY_MS;
  return { bytes, keyId, code, shown: shown(code), entrance: bytes[10], from, issue };
}

function isNewer(payload) {
  const bytes = PAYLOAD.test(payload) ? bytesOf(payload) : null;
  return bytes?.[0] !== undefined && bytes[0] !== 1 && urlText(bytes) === payload;
}

async function signed({ bytes, keyId }, keys) {
  const key = keys.get(keyId);
  if (!key) return null;
  const message = new Uint8Array([...DOMAIN, ...bytes.subarray(0, SIGNED)]);
  return verify(key, bytes.subarray(SIGNED), message);
}

async function judged(parts, { keys, revoked, at }) {
  const holds = await signed(parts, keys);
  if (holds !== true) return holds === false ? "forged" : "unknown_key";
  if (revoked?.holds(parts.issue) === "revoked") return "revoked";
  return at < parts.from ? "early" : "genuine";
}

function linkIn(text) {
  const [, site, code, payload] = (text.length <= LONGEST && LINK.exec(text)) || [];
  return site ? { site, code, payload } : null;
}

// What a text is on this site. `keys` by their id (8 hex digits), `revoked` the list that was read or null, `at` in
// milliseconds since 1970. An address without its signed part is "unsigned": its code is checked like a typed one.
export async function readPlace(text, { site, keys, revoked = null, at = Date.now() }) {
  const trimmed = text.trim();
  const link = linkIn(trimmed);
  if (/^https?:\/\//i.test(trimmed) && link?.site !== site) {
    return refused(/^https?:\/\/[^/?#]*\/c\//i.test(trimmed) ? "other_site" : "not_ours", "link");
  }
  if (link && !link.payload) {
    const typed = readTyped(link.code);
    return typed ? { ...nothing, ...typed, verdict: "unsigned" } : refused("not_ours", "link");
  }
  const payload = link ? link.payload : trimmed;
  if (isNewer(payload)) return refused("newer");
  const parts = partsOf(payload);
  if (!parts) return refused("not_ours", PERSONAL.test(trimmed) ? "person" : "text");
  const { code, entrance, issue } = parts;
  const verdict = link && link.code !== code ? "forged" : await judged(parts, { keys, revoked, at });
  return { code, shown: parts.shown, entrance, issue, verdict };
}
