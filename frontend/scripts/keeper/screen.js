// What the keeper sees: parts of the page by name, signs and words out of its templates.
import { say } from "../say.js";
import { timeOf, word } from "./words.js";

const METER = 130; // width of the drawn meter, in its own units

export class Screen {
  constructor() {
    this.parts = new Map([...document.querySelectorAll("[data-vx-at]")].map((part) => [part.dataset.vxAt, part]));
  }

  at(name) {
    return this.parts.get(name);
  }

  text(name, words) {
    this.at(name).textContent = words;
  }

  show(name, isShown = true) {
    this.at(name).toggleAttribute("hidden", !isShown); // a drawing has no property for it
  }

  // One of the page's states: "begin", "opening", "work", "ended", "elsewhere".
  turnTo(state) {
    for (const name of ["begin", "opening", "work", "ended", "elsewhere"]) this.show(name, name === state);
  }

  place({ name, entrance_label: label, entrance }, device) {
    this.text("place", label || entrance ? `${name} · ${label || word("entrance", { n: entrance })}` : name);
    this.text("device", device?.name ?? "");
    this.show("device");
  }

  net(isReached) {
    this.show("online", isReached);
    this.show("offline", !isReached);
  }

  // How many wait here, since when; hidden where nothing does.
  waiting(n, since, isLong) {
    const bar = document.querySelector("[data-vx-offline]");
    bar.hidden = n === 0;
    if (n === 0) return;
    this.text("waiting", word("waiting", { n }));
    this.text("since", isLong ? word("needs_network") : word("since", { at: timeOf(since) }));
  }

  sign(name, { line = "", notes = [] } = {}) {
    const place = this.at("sign");
    const template = document.querySelector(`template[data-vx-sign="${CSS.escape(name)}"]`);
    const made = template.content.cloneNode(true);
    if (line) made.querySelector("[data-vx-line]").textContent = line;
    place.replaceChildren(made, ...notes.map((note) => this.#note(note)));
  }

  #note(words) {
    const made = document.querySelector("template[data-vx-note]").content.cloneNode(true);
    made.querySelector("[data-vx-line]").textContent = words;
    return made;
  }

  noSign() {
    this.at("sign").replaceChildren();
  }

  person({ initials, year, sub }) {
    this.text("initials", initials || word("bearer"));
    this.text("year", year ? `· ${year}` : "");
    this.text("sub", sub);
  }

  meter(inside, { capacity, warn_at: warnAt }, isAlone) {
    this.show("meter", inside !== null);
    if (inside === null) return;
    this.text("inside", String(inside));
    this.text("capacity", capacity ? ` / ${capacity}` : "");
    this.show("gauge", Boolean(capacity));
    if (capacity) this.#gauge(inside, capacity, warnAt);
    const isFull = Boolean(capacity) && inside >= capacity;
    this.show("full", isFull);
    this.show("nearly", !isFull && Boolean(warnAt) && inside >= warnAt);
    this.show("alone", isAlone);
  }

  #gauge(inside, capacity, warnAt) {
    const gauge = this.at("gauge");
    gauge.setAttribute("aria-label", word("gauge", { n: inside, most: capacity }));
    this.at("filled").setAttribute("width", String(Math.min(METER, (METER * inside) / capacity)));
    const mark = this.at("mark");
    mark.toggleAttribute("hidden", !warnAt);
    if (!warnAt) return;
    const x = Math.round((METER * Math.min(warnAt, capacity)) / capacity);
    mark.querySelector("path").setAttribute("d", `M${x} 2V24`);
    mark.querySelector("text").setAttribute("x", String(Math.min(METER - 32, Math.max(32, x))));
    mark.querySelector("text").textContent = word("warn_at", { n: warnAt });
  }

  // Rows of a table or list, made of the template beside it: {field: words} each.
  rows(name, values) {
    const place = this.at(name);
    const template = document.querySelector(`template[data-vx-row="${CSS.escape(name)}"]`);
    place.replaceChildren(
      ...values.map((row) => {
        const made = template.content.cloneNode(true);
        for (const [field, words] of Object.entries(row)) made.querySelector(`[data-vx-cell="${field}"]`).textContent = words;
        return made;
      }),
    );
  }

  tally(tally) {
    this.text("total", word("total", { in: tally.total("in"), out: tally.total("out") }));
    const hours = Object.entries(tally.hours).map(([hour, { in: n, out }]) => ({ hour: `${hour}:00`, in: n, out }));
    this.rows("hours", hours);
    const shown = tally.last.map(({ at, direction, n, initials }) => ({
      who: (initials || word("bearer")) + (n > 1 ? ` +${n - 1}` : ""),
      when: word(direction === "in" ? "passed_in" : "passed_out", { at: timeOf(at) }),
    }));
    this.rows("last", shown);
    this.at("undo").disabled = tally.last.length === 0;
  }

  // Whether people are let in or out, and whether somebody stands here.
  direction(direction, isSomebody) {
    this.at("out").setAttribute("aria-pressed", String(direction === "out"));
    this.show("leaving", direction === "out" && !isSomebody);
  }

  // A line that stays until the next, and is spoken.
  tell(words) {
    this.text("told", words);
    say(words);
  }
}
