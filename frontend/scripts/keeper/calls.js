// Calls to the server by the cookie of this machine. Each answer tells how long the machine's right still lasts.
import { learn } from "../clock.js";
import { NotSent } from "../diary/queue.js";

const ROOT = "/api/v1/keeper/";
const LONGEST_MS = 20_000;

// Whether the server knows this machine no more, or it keeps no point.
export function isTheEnd({ status, said }) {
  return status === 401 || said.code === "checkins.no_door";
}

// What the server said; `ok` is false for a refusal, with its code and words. Throws NotSent where none came.
export class Server {
  constructor({ hold }) {
    this.hold = hold; // is told the seconds that the right lasts from now
    this.isReached = navigator.onLine;
  }

  async call(name, body = undefined, { within = LONGEST_MS } = {}) {
    const asked = Date.now();
    const answer = await this.#fetched(name, body, within);
    const said = await answer.json().catch(() => null);
    this.isReached = said !== null; // a captive portal answers too, but not as ours does
    if (said === null) throw new NotSent("later");
    learn(answer, asked);
    const seconds = Number(answer.headers.get("VX-Valid-Seconds") ?? NaN);
    if (answer.ok && Number.isFinite(seconds)) this.hold(seconds);
    return { ok: answer.ok, status: answer.status, said, retry: Number(answer.headers.get("Retry-After") ?? 0) || 0 };
  }

  async #fetched(name, body, within) {
    const stopper = new AbortController();
    const timer = setTimeout(() => stopper.abort(), within);
    try {
      return await fetch(ROOT + name, {
        method: body === undefined ? "GET" : "POST",
        headers: body === undefined ? {} : { "Content-Type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
        cache: "no-store",
        credentials: "same-origin",
        signal: stopper.signal,
      });
    } catch {
      this.isReached = false;
      throw new NotSent("offline");
    } finally {
      clearTimeout(timer);
    }
  }

  // For the queue: boxes are stored, repeated or refused one by one; anything else says why not now.
  send(items) {
    return this.#sent("visits", { sealed: items });
  }

  // The same for what is to be taken back.
  back(ids) {
    return this.#sent("back", { ids });
  }

  async #sent(name, body) {
    const answer = await this.call(name, body);
    const { ok, status, said, retry } = answer;
    if (ok) return said;
    if (isTheEnd(answer)) throw new NotSent("stranger", { code: said.code });
    if (status === 403 || status === 429 || status >= 500) throw new NotSent("later", { seconds: retry });
    throw new NotSent("refused", { code: said.code ?? "" });
  }
}
