// Where was I: the diary by day, newest first; a visit may be left or taken out from here.
import { byDay, openOf } from "../diary/rules.js";
import { at, chip, dayOf, on, piece, show, text, timeOf, word } from "./screen.js";

// Which visits are unfolded, so that they still are when the days are drawn anew.
function openIn(root) {
  return new Set([...root.querySelectorAll("details[open]")].map(({ dataset }) => dataset.vxVisit));
}

// Where the keyboard is: a selector of the same place in what is drawn anew, "" where it is elsewhere.
function focusIn(root) {
  const focused = document.activeElement;
  const visit = root.contains(focused) ? focused.closest("details")?.dataset.vxVisit : "";
  const name = focused?.dataset.vxAt;
  return visit ? `[data-vx-visit="${visit}"] ${name ? `[data-vx-at="${name}"]` : "summary"}` : "";
}

export class History {
  constructor(diary) {
    this.diary = diary;
    at("day").addEventListener("change", () => this.#draw());
    diary.visits.watch(() => void this.show());
  }

  async show() {
    const now = this.diary.now();
    const visits = await this.diary.all();
    this.open = openOf(visits, now);
    this.days = byDay(visits, now);
    this.states = await this.diary.states();
    this.today = dayOf(now);
    this.#choices();
    this.#draw();
    show("diary");
  }

  #titleOf(day) {
    const short = dayOf(day.at);
    return short === this.today ? word("today", { day: short }) : dayOf(day.at, { weekday: "long" });
  }

  #choices() {
    const chooser = at("day");
    const chosen = chooser.value;
    const choices = this.days.map((day) => new Option(this.#titleOf(day), String(day.day)));
    chooser.replaceChildren(chooser.options[0], ...choices);
    chooser.value = choices.some(({ value }) => value === chosen) ? chosen : "";
    show("choose", this.days.length > 1);
    show("empty", this.days.length === 0);
  }

  #draw() {
    const chosen = at("day").value;
    const days = this.days.filter(({ day }) => !chosen || String(day) === chosen);
    const [opened, focused] = [openIn(at("days")), focusIn(at("days"))];
    at("days").replaceChildren(...days.map((day) => this.#day(day)));
    for (const one of at("days").querySelectorAll("details")) one.open = opened.has(one.dataset.vxVisit);
    if (focused) at("days").querySelector(focused)?.focus();
  }

  #day(day) {
    const made = piece("day");
    made.querySelector("h2").textContent = this.#titleOf(day);
    made.querySelector("ul").append(...day.visits.map((visit) => this.#visit(visit)));
    return made;
  }

  #visit(visit) {
    const line = piece("visit");
    line.querySelector("details").dataset.vxVisit = visit.id;
    text("visit-name", visit.name || word("unnamed", { code: visit.shown }), line);
    text("visit-words", this.#words(visit), line);
    text("visit-code", visit.shown, line);
    text("visit-address", visit.address || "–", line);
    this.#state(visit, line);
    show("visit-leave", this.open?.id === visit.id, line);
    on("visit-leave", () => this.#changed(this.diary.leave(visit)), line);
    on("visit-remove", () => this.#changed(this.diary.remove(visit)), line);
    return line;
  }

  #words(visit) {
    const from = visit.at === null ? "" : timeOf(visit.at);
    const until = visit.until === null ? "" : timeOf(visit.until);
    const how = visit.at === null ? "out" : visit.how;
    return [word(`how-${how}`, { from, until }), visit.n ? word("with", { n: visit.n }) : ""].filter(Boolean).join(" · ");
  }

  #state(visit, line) {
    const ids = [...visit.inIds, ...visit.outIds];
    const code = ids.map((id) => this.states.refused.get(id)).find(Boolean);
    if (code) return chip("visit-state", "bad", word(`refused-${code}`) || word("refused"), line);
    const isWaiting = ids.some((id) => this.states.waiting.has(id));
    if (isWaiting) chip("visit-state", "warn", word("waiting"), line);
  }

  async #changed(change) {
    await change;
    await this.diary.flush();
    await this.show();
    at("days").querySelector("summary, a, button")?.focus();
  }
}
