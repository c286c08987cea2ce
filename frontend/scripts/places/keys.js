// What a phone needs to check codes without a network: the keys that sign them and the list of revoked ones. Public,
// so kept unsealed; asked for again when it is old and there is a network.
import { bytesOf } from "../base64.js";
import { learn } from "../clock.js";
import { Database } from "../diary/database.js";
import { readRevocations, signedIn } from "../revocations.js";
import { verify } from "./ed25519.js";

const KEYS = "/api/v1/points/keys";
const REVOKED = "/api/v1/points/revoked";
const FRESH_MS = 3600_000;
const database = new Database("vx-places", 1, (opened) => void opened.createObjectStore("kept"));
let held = null; // what this page works with

// A browser that keeps nothing asks again on each page.
const kept = (name) => database.read("kept", (table) => table.get(name)).catch(() => undefined);
const keep = (name, value) => database.write(["kept"], (tables) => void tables.kept.put(value, name)).catch(() => {});

function keysIn(list) {
  return new Map((list ?? []).map((one) => [one.id, bytesOf(one.public)]));
}

// The list in these bytes; null where it is none, or none of the keys signed it.
async function believed(bytes, keys) {
  const list = bytes ? readRevocations(bytes) : null;
  const key = list ? keys.get(list.keyId) : null;
  if (!key) return null;
  const { message, signature } = signedIn(bytes);
  return (await verify(key, signature, message)) === true ? list : null;
}

// `{keys, revoked, at}`: keys by their id, the list or null, when they were fetched (0: never).
export async function placesKnown() {
  if (held) return held;
  const [keys, list] = await Promise.all([kept("keys"), kept("revoked")]);
  const found = keysIn(keys?.keys);
  held = { keys: found, revoked: await believed(list?.bytes, found), at: keys?.at ?? 0 };
  return held;
}

async function renewedKeys() {
  const at = Date.now();
  const answer = await fetch(KEYS, { credentials: "omit" });
  if (!answer.ok) return;
  const { keys } = await answer.json();
  held = { ...held, keys: keysIn(keys), at };
  await keep("keys", { keys, at });
}

async function renewedList() {
  const former = await kept("revoked");
  const at = Date.now();
  const headers = former?.etag ? { "If-None-Match": former.etag } : {};
  const answer = await fetch(REVOKED, { credentials: "omit", cache: "no-store", headers });
  if (answer.ok || answer.status === 304) learn(answer, at);
  if (!answer.ok) return;
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const list = await believed(bytes, held.keys);
  if (!list) return;
  held = { ...held, revoked: list };
  await keep("revoked", { bytes, etag: answer.headers.get("ETag") ?? "" });
}

// Fetches both where they are old (or at once); what fails is left as it is kept. Resolves with `placesKnown()`.
export async function renewPlaces({ now = false } = {}) {
  const { at } = await placesKnown();
  if (!now && Date.now() - at < FRESH_MS) return held;
  await renewedKeys().catch(() => {});
  await renewedList().catch(() => {});
  return held;
}
