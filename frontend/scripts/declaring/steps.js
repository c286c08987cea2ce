// Drawing one page of the form, and hearing what is said on it.
import { now } from "../clock.js";
import { today } from "./checks.js";
import { button, icon, make } from "./drawing.js";
import { answerIn, field, settle, tellFault } from "./fields.js";
import { Finder } from "./finder.js";

export class Steps {
  constructor(flow, { places, next }) {
    Object.assign(this, { flow, address: places, next });
    this.drawn = new Map();
  }

  draw(place) {
    const pages = this.flow.pages();
    this.page = pages[Math.min(place, pages.length - 1)];
    this.drawn.clear();
    const questions = make("div", { class: "vx-questions" });
    for (const question of this.page.questions) {
      const drawn = this.#field(question);
      this.drawn.set(question.id, [question, drawn]);
      questions.append(drawn);
    }
    this.summary = make("div", { class: "vx-state vx-state-bad", role: "alert", tabIndex: -1, hidden: true });
    const form = make("form", { class: "vx-stack", noValidate: true, on: { submit: (event) => this.#submitted(event) } }, questions, this.#buttons());
    this.#settleShown();
    return [this.#progress(place, pages.length + 1), place === 0 ? this.flow.knownCard() : null, this.summary, form];
  }

  #field(question) {
    const { flow } = this;
    const given = { wording: flow.wording, value: flow.answers[question.id], day: today(now()), isUnder: Boolean(question.when) };
    const chosen = (id) => this.#changed(question, id);
    const finder = () => new Finder({ address: this.address, wording: flow.wording, id: `q-${question.id}`, places: flow.places, chosen }).draw(given.value);
    const drawn = field(question, { ...given, place: finder });
    if (question.kind === "unit") return drawn;
    drawn.addEventListener("input", (event) => {
      settle(question, drawn, event.target);
      this.#changed(question, answerIn(question, drawn));
    });
    drawn.addEventListener("change", () => this.#told.has(question.id) && this.#check());
    return drawn;
  }

  #told = new Set(); // questions that a fault was told of

  #changed(question, value) {
    this.flow.answer(question.id, value);
    this.#settleShown();
    if (this.#told.has(question.id)) this.#check();
  }

  #settleShown() {
    const ids = new Set(this.flow.askedQuestions().map(({ id }) => id));
    for (const [id, [, drawn]] of this.drawn) drawn.hidden = !ids.has(id);
  }

  #progress(place, n) {
    const { wording } = this.flow;
    const bars = [...Array(n).keys()].map((one) => make("i", { class: one < place ? "vx-done" : one === place ? "vx-now" : "" }));
    const minutes = this.flow.minutesAfter(place);
    const left = minutes ? wording.word("page.minutes", { n: minutes }) : wording.word("page.soon");
    const words = `${wording.word("page.step", { n: place + 1, m: n })} · ${left}`;
    return make("div", {}, make("div", { class: "vx-steps", "aria-hidden": "true" }, ...bars), make("p", { class: "vx-small-step", tabIndex: -1 }, words));
  }

  #buttons() {
    const { wording } = this.flow;
    const onwards = make("button", { class: "vx-btn vx-btn-primary", type: "submit" }, wording.word("page.next"), icon("arrow-right"));
    return make("div", { class: "vx-two" }, button(wording.word("page.back"), { work: () => history.back() }), onwards);
  }

  #check() {
    const faults = this.flow.faultsOn(this.page);
    for (const [id, [question, drawn]] of this.drawn) {
      tellFault(question, drawn, this.#told.has(id) ? this.flow.wording.fault(faults.get(id)) : "");
    }
    return faults;
  }

  #submitted(event) {
    event.preventDefault();
    this.#told = new Set(this.drawn.keys());
    const faults = this.#check();
    if (!faults.size) return this.next();
    const { wording } = this.flow;
    const links = [...faults].map(([id]) => make("li", {}, make("a", { href: `#q-${id}`, on: { click: (click) => this.#lead(click, id) } }, wording.text(this.drawn.get(id)[0].text))));
    this.summary.replaceChildren(icon("alert-octagon"), make("div", { class: "vx-grow" }, make("b", {}, wording.word("page.faults")), make("ul", {}, ...links)));
    this.summary.hidden = false;
    this.summary.focus();
  }

  #lead(click, id) {
    click.preventDefault();
    const [, drawn] = this.drawn.get(id);
    drawn.querySelector("input, select, button")?.focus();
    drawn.scrollIntoView({ block: "start" });
  }
}
