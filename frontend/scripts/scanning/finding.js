// From a text to a place: what the code is, and what the place is called, by the server or by what is remembered.
import { now } from "../clock.js";
import { readPlace, readTyped } from "../places/codes.js";
import { placesKnown, renewPlaces } from "../places/keys.js";

const PATIENCE_MS = 4000;
const REMEMBERED = "places";
const MOST_NAMES = 100;
const USUAL_STAY = 60;
const LIST_LIVES_MS = 7 * 24 * 3600_000; // a phone without a network for longer does not know what was revoked since

const isOld = (list) => list !== null && now() - list.builtAt * 1000 > LIST_LIVES_MS;

export class Finder {
  constructor(store, site) {
    this.store = store;
    this.site = site;
  }

  // What a scanned text is: `{code, shown, entrance, verdict}`. A key that is not known may be new: it is asked for.
  async read(words) {
    const found = await this.#read(words, await placesKnown());
    const mayBeNew = found.verdict === "unknown_key" && navigator.onLine;
    return mayBeNew ? this.#read(words, await renewPlaces({ now: true })) : found;
  }

  async #read(words, { keys, revoked }) {
    const found = await readPlace(words, { site: this.site, keys, revoked, at: now() });
    const isUntold = found.verdict === "unknown_key" && keys.size === 0;
    if (isUntold) return { ...found, verdict: "unsigned" };
    return found.verdict === "genuine" && isOld(revoked) ? { ...found, verdict: "list_old" } : found;
  }

  typed(words) {
    const found = readTyped(words);
    return found && { ...found, entrance: 0, verdict: "typed" };
  }

  // What is known of a code without asking: from a former visit, or nothing but the code.
  async remembered(code) {
    const names = await this.#names();
    return names[code] ?? null;
  }

  // What the server says: a door, null where nobody has this code, undefined where there was no answer.
  async asked(code) {
    try {
      const signal = AbortSignal.timeout?.(PATIENCE_MS);
      const headers = { "Accept-Language": document.documentElement.lang };
      const answer = await fetch(`/api/v1/points/${code}/door`, { credentials: "omit", headers, signal });
      if (answer.status === 404) return null;
      if (!answer.ok) return undefined;
      const door = await answer.json();
      await this.#remember(code, door);
      return door;
    } catch {
      return undefined;
    }
  }

  async #names() {
    try {
      const row = await this.store.fact(REMEMBERED);
      return (row && (await this.store.opened(row))) ?? {};
    } catch {
      return {};
    }
  }

  async #remember(code, door) {
    const { [code]: former, ...others } = await this.#names();
    const names = Object.fromEntries([[code, door], ...Object.entries(others)].slice(0, MOST_NAMES));
    try {
      await this.store.noteFact(REMEMBERED, await this.store.sealed({ id: REMEMBERED }, names));
    } catch {
      // the name is asked for again next time
    }
  }
}

// A place as the diary keeps it.
export function placeOf(found, door) {
  const entrance = door?.entrances.find(({ number }) => number === found.entrance);
  return {
    code: found.code,
    shown: found.shown,
    entrance: found.entrance,
    door: entrance?.label ?? "",
    name: door?.name ?? "",
    address: door?.address ?? "",
    stay: door?.stay_minutes ?? USUAL_STAY,
    check: found.verdict,
  };
}
