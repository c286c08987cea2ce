// The way through a form: where somebody stands, what they said, what is asked next.
import { now } from "../clock.js";
import { newId } from "../uuid7.js";
import { faultOf, today } from "./checks.js";
import { asked, carried, isAnswered, questionsOf, shown } from "./conditions.js";
import { make } from "./drawing.js";
import { Wording } from "./wording.js";

const SECONDS = 8; // of one question
const SAVE_MS = 400;
export const REVIEW = "#xem-lai";

export class Flow {
  // `told` is the form with its words, `own` what the server knows of the holder, as far as it is known.
  constructor({ told, keeping, lang, own, point }) {
    Object.assign(this, { told, keeping, own, point });
    this.form = told.form;
    this.answers = this.#usual();
    this.places = {};
    this.isKnownUsed = true;
    this.timer = 0;
    this.speak(lang);
  }

  // What nearly everybody answers stands there already, to be changed.
  #usual() {
    return this.code !== "entry" && "nationality" in this.#byId() ? { nationality: "VN" } : {};
  }

  speak(lang) {
    this.wording = new Wording(this.told, lang);
  }

  get code() {
    return this.form.id;
  }

  get asksConsent() {
    return !this.own?.has_consent && !this.isAgreed;
  }

  get hasSigns() {
    const signs = this.answers.signs ?? [];
    return signs.length > 0 && !signs.includes("none");
  }

  // Identity that the register knows is not asked; what is asked of a page.
  isSkipped(id) {
    return this.isKnownUsed && id in (this.own?.known ?? {});
  }

  askedQuestions() {
    const ids = shown(this.form, this.answers);
    return questionsOf(this.form).filter(({ id }) => ids.has(id) && !this.isSkipped(id));
  }

  // Pages on which something is asked now.
  pages() {
    const ids = new Set(this.askedQuestions().map(({ id }) => id));
    return this.form.pages.filter(({ questions }) => questions.some(({ id }) => ids.has(id)));
  }

  goToQuestion(id) {
    const place = this.pages().findIndex(({ questions }) => questions.some((one) => one.id === id));
    location.hash = `#${place + 1}`;
  }

  faultsOn(page) {
    const ids = new Set(this.askedQuestions().map(({ id }) => id));
    const day = today(now());
    const asks = page.questions.filter(({ id }) => ids.has(id));
    return new Map(asks.map((one) => [one.id, faultOf(one, this.answers[one.id], day)]).filter(([, code]) => code));
  }

  // The first page with something missing or wrong; -1 where there is none.
  firstFault() {
    return this.pages().findIndex((page) => this.faultsOn(page).size > 0);
  }

  minutesAfter(place) {
    const ids = new Set(this.askedQuestions().map(({ id }) => id));
    const rest = this.pages().slice(place).flatMap(({ questions }) => questions.filter(({ id }) => ids.has(id)));
    return Math.round((rest.length * SECONDS) / 60);
  }

  answer(id, value) {
    if (isAnswered(value)) this.answers[id] = value;
    else delete this.answers[id];
    this.save();
  }

  // Kept soon after each change; `onSaved` says so.
  save() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.saveNow(), SAVE_MS);
  }

  async saveNow() {
    clearTimeout(this.timer);
    if (this.isOver) return;
    const { answers, places, isKnownUsed } = this;
    const draft = { version: this.form.version, answers, places, isKnownUsed, at: now() };
    const isSaved = await this.keeping.keepDraft(this.code, draft).then(() => this.keeping.lasts, () => false);
    this.onSaved?.(isSaved);
  }

  goOn(draft) {
    this.answers = draft.answers;
    this.places = draft.places ?? {};
    this.isKnownUsed = draft.isKnownUsed ?? true;
  }

  // "Same as last time": what stays of the last answers, of this phone or else of the server.
  asLast(last) {
    this.answers = carried(this.form, last.answers);
    this.places = last.places ?? {};
  }

  knownCard() {
    const known = this.isKnownUsed ? Object.entries(this.own?.known ?? {}).filter(([id]) => id in this.#byId()) : [];
    if (!known.length) return null;
    const rows = known.map(([id, words]) => make("div", {}, make("dt", {}, this.wording.text(this.#byId()[id].text)), make("dd", {}, words)));
    const mend = () => {
      this.isKnownUsed = false;
      this.save();
      const [first] = known.map(([id]) => id);
      this.goToQuestion(first);
    };
    const again = make("button", { class: "vx-link", type: "button", on: { click: mend } }, this.wording.word("page.edit"));
    return make("section", { class: "vx-card" }, make("h2", {}, this.wording.word("page.known")), make("dl", { class: "vx-said" }, ...rows), again);
  }

  #byId() {
    return Object.fromEntries(questionsOf(this.form).map((one) => [one.id, one]));
  }

  item() {
    const at = Math.floor(now());
    const given = Object.fromEntries(Object.entries(asked(this.form, this.answers)).filter(([id]) => !this.isSkipped(id)));
    const item = { id: newId(at), questionnaire: this.code, version: this.form.version, answers: given, at: new Date(at).toISOString(), lang: this.wording.lang };
    if (this.point) item.point = this.point;
    return item;
  }
}
