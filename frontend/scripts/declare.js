// A form that somebody fills in on their phone: drawn from its questions, kept as a draft, sent once. Works without a network.
import { startChoices } from "./choices.js";
import { now } from "./clock.js";
import { button, make } from "./declaring/drawing.js";
import { Flow, REVIEW } from "./declaring/flow.js";
import { Keeping } from "./declaring/keeping.js";
import { kept, refused, sent } from "./declaring/result.js";
import { review } from "./declaring/review.js";
import { Steps } from "./declaring/steps.js";
import { NotSent } from "./diary/queue.js";
import { startOffline } from "./offline.js";
import { startLarge } from "./scanning/reading.js";
import { at, show, text } from "./scanning/screen.js";
import { startWorker } from "./worker.js";

const OWN = "declare-own";
const LANGUAGE = "vx-declare-lang";

async function fetched(address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

class Declaring {
  constructor(root, { told, keeping, own }) {
    this.root = root;
    this.told = told;
    this.keeping = keeping;
    const point = new URLSearchParams(location.search).get("diem") ?? "";
    this.flow = new Flow({ told, keeping, own, lang: this.#language(), point });
    this.flow.send = (isNew) => this.send(isNew);
    this.flow.flush = () => this.flush();
    this.flow.mend = () => this.mend();
    this.flow.onSaved = (isSaved) => this.#saved(isSaved);
    this.steps = new Steps(this.flow, { places: root.dataset.vxPlaces, next: () => this.next() });
    addEventListener("hashchange", () => this.draw());
    at("back").addEventListener("click", (event) => {
      if (!location.hash) return;
      event.preventDefault();
      history.back();
    });
    addEventListener("pagehide", () => void this.flow.saveNow());
  }

  #language() {
    const { languages } = this.told.form;
    let chosen = "";
    try {
      chosen = localStorage.getItem(LANGUAGE) ?? "";
    } catch {
      // it holds for this page
    }
    return [chosen, document.documentElement.lang, "vi"].find((one) => languages.includes(one));
  }

  async begin() {
    const { flow, keeping, told } = this;
    flow.isAgreed = await keeping.hasAgreed(told.consent_version);
    this.draft = await keeping.draft(flow.code, now());
    if (this.draft && this.draft.version !== told.form.version) this.draft = null;
    this.last = (await keeping.read(`declare-last-${flow.code}`)) ?? flow.own?.last?.[flow.code] ?? null;
    keeping.queue.watch(() => void this.#heard());
    if (keeping.lasts) keeping.queue.start();
    if (this.draft) flow.goOn(this.draft);
    else if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    this.draw();
    show("intro", false);
    show("work");
  }

  get place() {
    return Number(location.hash.slice(1)) - 1;
  }

  draw() {
    this.#words();
    if (this.flow.isOver) return;
    if (!location.hash) return this.#put(this.#start());
    const isReview = location.hash === REVIEW;
    const missing = isReview ? this.flow.firstFault() : -1;
    if (isReview && missing < 0) return this.#put(review(this.flow));
    const place = isReview ? missing : this.place;
    this.#put(this.steps.draw(Math.max(0, Math.min(place || 0, this.flow.pages().length - 1))));
  }

  next() {
    void this.flow.saveNow();
    if (!this.isMending && this.place + 1 < this.flow.pages().length) {
      location.hash = `#${this.place + 2}`;
      return;
    }
    const missing = this.flow.firstFault(); // a page may have been passed over, or a day gone by
    location.hash = missing < 0 ? REVIEW : `#${missing + 1}`;
  }

  #start() {
    const { flow } = this;
    const { wording } = flow;
    const go = (work) => () => {
      work?.();
      location.hash = "#1";
    };
    const ways = this.draft
      ? [
          button(wording.word("page.goes_on"), { class: "vx-btn vx-btn-primary vx-btn-large", icons: ["", "arrow-right"], work: go() }),
          button(wording.word("page.drop"), { class: "vx-btn", work: () => void this.drop() }),
        ]
      : this.last
        ? [
            button(wording.word("page.same"), { class: "vx-btn vx-btn-primary vx-btn-large", work: () => this.#asLast() }),
            make("p", { class: "vx-small vx-soft" }, wording.word("page.same_text")),
            button(wording.word("page.whole"), { work: go() }),
          ]
        : [button(wording.word("page.begin"), { class: "vx-btn vx-btn-primary vx-btn-large", icons: ["", "arrow-right"], work: go() })];
    return [this.#languages(), make("h2", { class: "vx-lead", tabIndex: -1 }, wording.text(flow.form.title)), make("p", {}, wording.text(flow.form.intro)), ...ways];
  }

  #asLast() {
    this.flow.asLast(this.last);
    this.isMending = true;
    const place = this.flow.firstFault();
    location.hash = place < 0 ? REVIEW : `#${place + 1}`;
  }

  #languages() {
    const { languages } = this.told.form;
    if (languages.length < 2) return null;
    const names = { vi: "Tiếng Việt", en: "English", zh: "中文" };
    const one = (lang) =>
      button(names[lang] ?? lang, { lang, "aria-pressed": String(lang === this.flow.wording.lang), work: () => this.speak(lang) });
    return make("div", { class: "vx-languages", role: "group", "aria-label": this.flow.wording.word("page.language") }, ...languages.map(one));
  }

  speak(lang) {
    try {
      localStorage.setItem(LANGUAGE, lang);
    } catch {
      // it holds for this page
    }
    this.flow.speak(lang);
    this.draw();
    at("work").querySelector(`button[lang="${lang}"]`)?.focus();
  }

  #words() {
    const { wording } = this.flow;
    at("main-words").lang = wording.lang;
    text("heading", wording.word("page.title"));
    text("saved-words", wording.word("page.saved"));
  }

  #put(parts) {
    at("work").replaceChildren(...parts.filter(Boolean));
    scrollTo(0, 0);
    at("work").querySelector(".vx-small-step, .vx-lead, [role=alert], [role=status]")?.focus({ preventScroll: true });
  }

  #saved(isSaved) {
    text("saved-words", this.flow.wording.word(isSaved ? "page.saved" : "page.not_saved"));
    show("saved");
  }

  async drop() {
    await this.keeping.dropDraft(this.flow.code);
    location.replace(location.pathname + location.search);
  }

  async send(isNew) {
    const { flow, keeping, told } = this;
    const { answers, places, wording } = flow;
    if (isNew) await keeping.agreed(told.consent_version, wording.lang);
    clearTimeout(flow.timer);
    this.item = flow.item();
    try {
      const answer = await keeping.send(this.item, { code: flow.code, last: { answers, places } });
      flow.isOver = true;
      show("saved", false);
      history.replaceState(null, "", location.pathname);
      if (answer) return this.#told(answer.refused?.[0]?.code ?? "");
    } catch (fault) {
      return this.#put(refused(flow, fault instanceof NotSent ? fault.code : ""));
    }
    this.#put(kept(flow));
    void keeping.queue.askForBackground();
    await this.flush();
  }

  async flush() {
    await this.keeping.queue.flush();
    await this.#heard();
  }

  // Another tab or the worker may have sent it.
  async #heard() {
    if (!this.item || this.isTold || !this.keeping.lasts) return;
    const state = await this.keeping.queue.stateOf(this.item.id);
    if (state === "waiting" || this.isTold) return;
    const rows = state === "refused" ? await this.keeping.queue.listed("refused") : [];
    this.#told(rows.find(({ id }) => id === this.item.id)?.code ?? "");
  }

  #told(code) {
    this.isTold = true;
    if (code) return this.#put(refused(this.flow, code));
    this.#put(sent(this.flow, this.item.id));
    if (document.visibilityState === "visible" && navigator.onLine) location.assign(`/khai/xong/${this.item.id}/`);
  }

  async mend() {
    await this.keeping.queue.withdraw([this.item.id]).catch(() => {});
    this.flow.isOver = this.isTold = false;
    this.item = null;
    this.draft = true;
    await this.flow.saveNow();
    location.hash = "#1";
  }
}

async function started() {
  const root = document.querySelector("[data-vx-declare]");
  startChoices();
  startLarge();
  startOffline();
  startWorker();
  if (!root) return;
  const keeping = await Keeping.opened();
  const [told, fresh] = await Promise.all([fetched(root.dataset.vxForm), fetched(root.dataset.vxOwn)]);
  if (!told) return; // the page of steps, which needs no script, stays
  if (fresh) await keeping.keep(OWN, fresh).catch(() => {});
  const own = fresh ?? (await keeping.read(OWN));
  await new Declaring(root, { told, keeping, own }).begin();
}

void started();
