// Which point this machine keeps, for how long it may, and what the server says meanwhile.
import { now, wrongBy } from "../clock.js";
import { verify } from "../places/ed25519.js";
import { placesKnown, renewPlaces } from "../places/keys.js";
import { isTheEnd } from "./calls.js";
import { Inside } from "./inside.js";
import { recall, remember } from "./kept.js";
import { trusted } from "./keys.js";
import { Passings, waitingFor } from "./passings.js";
import { word } from "./words.js";

const SOON_MS = 4000; // a machine that is known waits no longer to begin
const BEAT_MS = 10_000; // how often a server that was not reached is tried
const POLL_MS = 30_000;
const KEYS_MS = 3600_000;
const LONG_MS = 24 * 3600_000;

export class Station {
  constructor({ screen, server, right, hpke, ended, drawn }) {
    Object.assign(this, { screen, server, right, hpke, ended, drawn });
    this.kept = recall();
    this.inside = new Inside();
    this.passings = null;
    this.keysAt = this.polledAt = 0;
  }

  get point() {
    return this.kept?.point ?? null;
  }

  // Asks who this machine is; without a network it is what it was, for as long as its right lasts.
  async begin() {
    const within = this.point && this.right.holds ? SOON_MS : undefined;
    const answer = await this.server.call("me", undefined, { within }).catch(() => null);
    const isHeard = answer !== null && answer.status < 500 && answer.status !== 429;
    if (!(isHeard ? this.#told(answer) : this.#knownFromBefore())) return false;
    const stranger = (code) => this.stranger({ code });
    const { server, hpke, point, inside } = this;
    this.passings = new Passings({ server, hpke, point, inside, stranger, changed: () => void this.waiting() });
    this.passings.keys = this.kept.keys ?? [];
    await this.#counted();
    this.screen.place(point, this.kept.device);
    if (point.is_living) return true;
    void this.passings.queue.flush(); // what was read before it closed
    this.ended("point_closed");
    return false;
  }

  start() {
    this.passings.start();
    setInterval(() => this.#beat(), BEAT_MS);
    for (const name of ["online", "offline"]) addEventListener(name, () => void this.poll());
    this.passings.asked = this.#renewKeys();
    void this.waiting();
  }

  // Of what a former page let in and out, only what still waits is added to the server's number.
  async #counted() {
    this.inside.still((await this.passings.waiting()).ids);
  }

  #told(answer) {
    const { ok, said } = answer;
    if (!ok) {
      if (isTheEnd(answer)) this.stranger(said);
      else this.ended(said.code ?? "", said.message);
      return false;
    }
    const { point, device, inside, valid_seconds: seconds } = said;
    this.right.hold(seconds);
    this.kept = remember({ point, device });
    this.inside.told(inside);
    return true;
  }

  #knownFromBefore() {
    if (this.point && this.right.holds) return true;
    this.ended(this.point ? "lapsed" : "no_network_yet");
    return false;
  }

  // The server does not know this machine (any more).
  stranger({ code = "", message = "" }) {
    this.right.forget();
    this.ended(code, message);
  }

  // Keys of codes, and keys to seal to; what cannot be fetched stays as it was.
  async #renewKeys() {
    const { keys: ring } = await renewPlaces().catch(placesKnown);
    const answer = await this.server.call("keys").catch(() => null);
    const keys = answer?.ok ? await trusted(answer.said.keys, ring, verify) : [];
    if (keys.length) this.passings.keys = remember({ keys }).keys;
    if (answer) this.keysAt = Date.now();
    this.screen.show("no-key", !this.passings.canSeal);
    this.#clock();
    this.drawn();
  }

  #clock() {
    const minutes = wrongBy();
    this.screen.show("clock", minutes !== 0);
    this.screen.text("clock-words", word(minutes > 0 ? "clock_fast" : "clock_slow", { n: Math.abs(minutes) }));
  }

  #beat() {
    if (!this.server.isReached || Date.now() - this.polledAt >= POLL_MS) void this.poll();
  }

  async poll() {
    if (document.hidden) return;
    this.polledAt = Date.now();
    const { changes } = this.inside;
    const answer = await this.server.call("inside").catch(() => null);
    if (answer?.ok) this.inside.looked(answer.said.inside, changes);
    else if (answer && isTheEnd(answer)) return this.stranger(answer.said);
    if (answer) void this.passings.queue.flush();
    if (answer && Date.now() - this.keysAt > KEYS_MS) void this.#renewKeys();
    void this.waiting();
  }

  // What lies on this machine: waiting is ordinary for a moment, and told when it lasts.
  async waiting() {
    const { n, since, refused } = await this.passings.waiting();
    const age = now() - since;
    this.screen.waiting(this.server.isReached && age < POLL_MS ? 0 : n, since, age > LONG_MS);
    this.screen.show("refused", refused.length > 0);
    this.screen.text("refused-words", word("refused_rows", { n: refused.length, codes: [...new Set(refused)].join(", ") }));
    this.drawn();
  }

  // How many still lie here, when the machine may not work.
  async leftWaiting() {
    const n = this.point ? await waitingFor(this.point.code) : 0;
    this.screen.show("ended-waiting", n > 0);
    this.screen.text("ended-waiting", word("ended_waiting", { n }));
  }
}
