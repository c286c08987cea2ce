// The citizen's scanning pages: scan, confirm, receipt; and where they were. All of it works without a network.
import { agree, hasAgreed } from "./diary/device.js";
import { diaryOf } from "./diary/passing.js";
import { keepForGood } from "./diary/store.js";
import { openOf } from "./diary/rules.js";
import { startOffline } from "./offline.js";
import { renewPlaces } from "./places/keys.js";
import { Confirming } from "./scanning/confirming.js";
import { Finder } from "./scanning/finding.js";
import { History } from "./scanning/history.js";
import { Looking } from "./scanning/looking.js";
import { Voice, startLarge } from "./scanning/reading.js";
import { Receipt } from "./scanning/receipt.js";
import { Reminding } from "./scanning/reminding.js";
import { at, on, press, show, text, timeOf, word } from "./scanning/screen.js";
import { Telling } from "./scanning/telling.js";
import { isLoud, makeLoud, startTones, tell } from "./scanner/tones.js";
import { say } from "./say.js";
import { startWorker } from "./worker.js";

const PARTS = ["start", "look", "confirm", "receipt"];
const TAKEN = new Set(["genuine", "list_old", "typed", "unsigned", "early"]);

class Scanning {
  constructor(root, { diary, lasts }) {
    this.diary = diary;
    this.telling = new Telling(diary, lasts);
    this.finder = new Finder(diary.store, root.dataset.vxSite);
    this.voice = new Voice();
    const failed = (fault) => this.failed(fault);
    this.looking = new Looking({ worker: root.dataset.vxScanner, onText: (words) => void this.read(words) });
    this.confirming = new Confirming({
      finder: this.finder,
      enter: (place) => this.#recorded(() => diary.enter(place)),
      leave: (place) => this.leave(place),
      drop: () => this.look(),
      missing: () => this.refuse("missing"),
    });
    this.receipt = new Receipt({
      diary,
      left: (visit) => this.leave(visit),
      removed: (visit) => this.remove(visit),
      another: () => this.look(),
      failed,
    });
    this.reminding = new Reminding({ diary, leave: (visit) => this.leave(visit) });
    diary.visits.watch(() => void this.#sent());
    this.#buttons();
  }

  // A device that the server no longer knows begins again before anything more is sent.
  #sent() {
    void this.receipt.tellSent();
    if (this.diary.visits.problem === "stranger" && this.part === "look") this.#turnTo("start");
  }

  #buttons() {
    on("begin", () => this.begin());
    on("open-leave", () => this.leave(this.open));
    on("sound", () => {
      makeLoud(!isLoud());
      press("sound", isLoud());
    });
    press("sound", isLoud());
    at("typing").addEventListener("submit", (event) => {
      event.preventDefault();
      this.type(at("typed").value);
    });
    addEventListener("hashchange", () => void this.arrive());
    addEventListener("pagehide", () => this.looking.close());
  }

  #turnTo(part) {
    this.part = part;
    for (const name of PARTS) show(name, name === part);
    show("fault", false);
    show("to-diary", part === "look");
    if (part !== "look") this.looking.close();
    if (part !== "receipt") this.receipt.close();
    void this.telling.tell();
  }

  async start() {
    if (!(await hasAgreed(this.diary.store))) return this.#turnTo("start");
    this.diary.start();
    await this.arrive();
  }

  async begin() {
    await agree(this.diary.store);
    void keepForGood();
    this.diary.start();
    await this.arrive();
  }

  // By a link, `/quet/#CODE` or `/quet/#PAYLOAD`: straight to the place; else to the camera.
  async arrive() {
    const behind = decodeURIComponent(location.hash.slice(1));
    if (!behind) return this.look();
    history.replaceState(null, "", location.pathname);
    const typed = this.finder.typed(behind);
    await (typed ? this.found(typed) : this.read(behind));
  }

  async look(words = "") {
    this.#turnTo("look");
    text("heading", word("heading-scan"));
    show("verdict", false);
    show("typed-error", false);
    if (words) say(words);
    void this.#tellOpen();
    void this.reminding.look();
    await this.looking.open();
  }

  async #tellOpen() {
    this.open = openOf(await this.diary.all(), this.diary.now());
    show("open", Boolean(this.open));
    if (!this.open) return;
    text("open-name", this.open.name || word("unnamed", { code: this.open.shown }));
    text("open-since", word("open-since", { at: timeOf(this.open.at) }));
  }

  async read(words) {
    const found = await this.finder.read(words);
    if (TAKEN.has(found.verdict)) return this.found(found);
    this.refuse(found.verdict === "not_ours" && found.kind === "person" ? "person" : found.verdict);
  }

  type(words) {
    const found = this.finder.typed(words);
    show("typed-error", !found);
    at("typed").classList.toggle("is-invalid", !found);
    at("typed").setAttribute("aria-invalid", String(!found));
    if (found) return void this.found(found);
    text("typed-error", word("typed-wrong"));
    at("typed").focus();
    tell("warn");
  }

  async found(found) {
    tell("ok");
    const open = openOf(await this.diary.all(), this.diary.now());
    this.#turnTo("confirm");
    text("heading", word("heading-confirm"));
    at("typed").value = "";
    await this.confirming.show(found, { isInside: open?.code === found.code });
    if (this.part === "confirm") this.voice.read(at("confirm").querySelector("div").textContent);
  }

  // A code that is not taken: said in words, and the camera goes on looking.
  refuse(name) {
    if (this.part !== "look") void this.look();
    at("verdict").className = `vx-state vx-state-${name === "forged" || name === "revoked" ? "bad" : "warn"}`;
    text("verdict-words", word(name));
    text("verdict-means", word(`${name}-means`));
    show("verdict");
    tell(name === "forged" || name === "revoked" || name === "other_site" ? "bad" : "warn");
    this.voice.read(at("verdict").textContent);
  }

  // Leaves the open visit at this place; without one, only the going out is recorded.
  async leave(place) {
    const open = openOf(await this.diary.all(), this.diary.now());
    const visit = open?.code === place.code ? open : place;
    await this.#recorded(() => this.diary.leave(visit));
  }

  async #recorded(work) {
    try {
      const visit = await work();
      this.#turnTo("receipt");
      show("remind", false);
      this.receipt.show(visit);
      tell("ok");
      this.voice.read(at("result").textContent);
      void this.diary.visits.askForBackground();
      void this.diary.flush();
    } catch (fault) {
      this.failed(fault);
    }
  }

  async remove(visit) {
    try {
      await this.diary.remove(visit);
      void this.diary.flush();
      await this.look(word("undone", { name: visit.name || visit.shown }));
    } catch (fault) {
      this.failed(fault);
    }
  }

  failed(fault) {
    const isFull = fault?.name === "QuotaExceededError";
    this.telling.fault(isFull ? "full" : fault?.why ? "not-kept" : "failed");
    scrollTo(0, 0);
    if (!isFull && !fault?.why) console.warn(fault);
  }
}

async function startHistory({ diary, lasts }) {
  const telling = new Telling(diary, lasts);
  const history = new History(diary);
  await Promise.all([telling.tell(), history.show()]);
  if (await hasAgreed(diary.store)) diary.start();
}

async function start() {
  const root = document.querySelector("[data-vx-scan]");
  const opened = await diaryOf();
  if (root.dataset.vxScan === "diary") return startHistory(opened);
  const scanning = new Scanning(root, opened);
  await scanning.start();
  void renewPlaces();
}

startLarge();
startTones();
startOffline();
startWorker();
void start();
