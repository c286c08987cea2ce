// The work at a door: a code is read, a sign is shown, the keeper decides.
import { now } from "../clock.js";
import { placesKnown } from "../places/keys.js";
import { tell } from "../scanner/tones.js";
import { newId } from "../uuid7.js";
import { isTheEnd } from "./calls.js";
import { isNotYet, mayEnter, signOf, toneOf } from "./signs.js";
import { Tally } from "./tally.js";
import { triedAt } from "./trial.js";
import { dayOf, timeOf, word } from "./words.js";

const LOOK_MS = 3000;
const UNDO_MS = 10 * 60_000;
const PAUSE_MS = 4000; // the code of somebody just decided upon is still before the camera
const MOST_WITH = 20;

export class Door {
  // `stranger(said)` is told when the server no longer knows this machine, `drawn()` when figures have moved,
  // `ready()` when the next may be read.
  constructor({ screen, server, passings, inside, stranger, drawn, ready }) {
    Object.assign(this, { screen, server, passings, inside, stranger, drawn, ready });
    this.tally = new Tally(now());
    this.direction = "in";
    this.found = null; // who stands here; never stored
    this.nWith = 0;
    this.decided = { text: "", at: 0 };
    this.isBusy = false;
  }

  async #alone(work) {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      await work();
    } finally {
      this.isBusy = false;
      if (!this.found) this.ready();
    }
  }

  // A text that the camera read, or that a phone's number led to.
  async read(text) {
    const isAgain = text === this.decided.text && Date.now() - this.decided.at < PAUSE_MS;
    if (!this.found && !isAgain) await this.#alone(() => this.#tried(text));
  }

  async #tried(text) {
    const at = now();
    const { keys } = await placesKnown();
    const read = await triedAt(text, keys, Math.floor(at / 1000));
    if (!read || read.fault) return this.#unread(text, read?.fault === "newer" ? "newer" : "no_person");
    const told = read.verified === false || this.direction === "out" ? null : await this.#looked(read, at);
    if (told === undefined) return;
    this.found = { text, read, told, sign: signOf(read, told, this.direction, this.#day(at)) };
    this.nWith = 0;
    this.#shown();
  }

  // Today, at a door where nobody goes in who has not declared; "" at any other.
  #day(at) {
    return this.passings.point.must_declare ? dayOf(at) : "";
  }

  #unread(text, name) {
    if (this.decided.text !== text) tell("warn");
    this.decided = { text, at: Date.now() };
    this.screen.tell(word(name));
  }

  // The server's answer about somebody; null where there is none now, undefined where this machine is at its end.
  async #looked(read, at) {
    if (!this.server.isReached || !navigator.onLine) return null;
    const item = await this.passings.item(newId(at), { direction: this.direction, subject: read.subject }, at);
    const { changes } = this.inside;
    const answer = item && (await this.server.call("look", { sealed: item }, { within: LOOK_MS }).catch(() => null));
    if (!answer) return null;
    if (isTheEnd(answer)) return void this.stranger(answer.said);
    if (!answer.ok) return null;
    this.inside.looked(answer.said.inside, changes);
    return answer.said;
  }

  #shown() {
    const { read, told, sign } = this.found;
    const { screen } = this;
    const isPlain = mayEnter(sign) && !isNotYet(sign);
    screen.sign(sign, { line: told?.words ?? this.#cardLine(read), notes: this.#notes(sign, told) });
    screen.person({ ...this.#who(), sub: this.#sub(read) });
    screen.show("camera", false);
    screen.show("found");
    screen.show("enter", isPlain);
    screen.show("not-plain", !isPlain);
    screen.show("still", isNotYet(sign));
    screen.show("declare", Boolean(screen.at("declare").getAttribute("href")) && isNotYet(sign));
    screen.text("accept-words", word(this.direction === "in" ? "let_in" : "let_out"));
    screen.text("refuse-words", word(this.direction === "in" ? "refuse" : "cancel"));
    screen.tell("");
    this.drawn();
    tell(toneOf(sign));
    screen.at(isPlain ? "accept" : "skip").focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  #who() {
    const { read, told } = this.found;
    return { initials: told?.initials || read.initials, year: told?.year || read.year };
  }

  #sub({ own, verified }) {
    if (!own) return word("printed_card");
    if (verified !== true) return word(verified === null ? "not_checked" : "not_signed");
    return word(own.kind === "card" ? "genuine_card" : "genuine_at", { at: timeOf(own.from * 1000) });
  }

  // What the signed card says where the server could not be asked; "" where there is none to believe.
  #cardLine({ card }) {
    if (!card || this.direction === "out") return "";
    const declared = word(card.declaredOn === dayOf(now()) ? "declared_today" : "not_declared_today");
    return word("by_signed_card", { declared, at: timeOf(card.signedAt * 1000) });
  }

  #notes(sign, told) {
    const odd = (name, shown) => (sign !== shown && told?.oddness?.includes(name) ? [word(name)] : []);
    const isUnsure = !told && this.#day(now()) && !this.found.read.card && !["out", "forged"].includes(sign);
    return [...odd("code_again", "again"), ...odd("code_old", "late"), ...(isUnsure ? [word("must_declare_unsure")] : [])];
  }

  companions(step) {
    this.nWith = Math.min(MOST_WITH, Math.max(0, this.nWith + step));
    this.drawn();
  }

  // Writes the passing down; nothing is said to be written before it is.
  async accept() {
    if (this.found) await this.#alone(() => this.#accepted(now()));
  }

  async #accepted(at) {
    const { direction, nWith } = this;
    const { ids, fault } = await this.passings.write({ subject: this.found.read.subject, nWith, direction, at });
    if (fault) return this.#notWritten(fault);
    this.tally.add({ at, direction, n: ids.length, initials: this.#who().initials, ids });
    this.next(word(direction === "in" ? "written_in" : "written_out", { n: ids.length, at: timeOf(at) }));
    void this.passings.queue.flush();
  }

  #notWritten(name) {
    this.screen.sign("not_written", { line: word(name) });
    tell("bad");
  }

  // The camera again, for the next.
  next(words = "") {
    if (this.found) this.decided = { text: this.found.text, at: Date.now() };
    this.found = null;
    this.nWith = 0;
    this.screen.noSign();
    this.screen.show("found", false);
    this.screen.show("camera");
    this.drawn();
    this.screen.tell(words);
    if (!this.isBusy) this.ready();
  }

  turn(direction) {
    this.direction = direction;
    if (this.found) this.next();
    this.drawn();
  }

  async undo() {
    const last = this.tally.last[0];
    if (!last || now() - last.at > UNDO_MS) return this.screen.tell(word("undo_none"));
    if (!(await this.passings.takeBack(last.ids))) return this.screen.tell(word("undo_needs_network"));
    this.tally.takeBack();
    this.drawn();
    this.screen.tell(word("undone", { n: last.n, at: timeOf(last.at) }));
  }
}
