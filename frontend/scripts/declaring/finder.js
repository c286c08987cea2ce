// The finder of communes inside a form: by a name, or from the province downwards; what was chosen is shown with its way back.
import { button, icon, make } from "./drawing.js";

async function told(address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

export class Finder {
  // `places` are names by id that the draft keeps; `chosen(id)` hears what is chosen, "" for nothing.
  constructor({ address, wording, id, places, chosen }) {
    Object.assign(this, { address, wording, id, places, chosen });
    this.part = make("div", { class: "vx-stack", role: "group", "aria-labelledby": `${id}-label` });
  }

  draw(value) {
    if (value) this.#chosen(value);
    else this.#open();
    return this.part;
  }

  #chosen(value) {
    const words = make("p", { class: "vx-grow" }, make("b", {}, this.places[value] ?? value));
    const change = make("button", { class: "vx-link", type: "button", on: { click: () => this.#changed("") } }, this.wording.word("page.place_change"));
    this.part.replaceChildren(make("div", { class: "vx-chosen" }, icon("map-pin"), words, change));
  }

  #changed(value) {
    this.draw(value);
    this.chosen(value);
    this.part.querySelector("input, button")?.focus();
  }

  #open() {
    const { wording, id } = this;
    const input = make("input", { class: "form-control", id, type: "search", maxlength: "120", autocomplete: "off", "aria-label": wording.word("page.place"), "aria-describedby": `${id}-error` });
    const seek = () => void this.#find(input.value.trim());
    input.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), seek()));
    const find = button(wording.word("page.place_find"), { icons: ["search"], work: seek });
    this.found = make("div", { role: "status", class: "vx-stack" });
    const steps = make("div", { class: "vx-stack" });
    const down = make("details", {}, make("summary", {}, wording.word("page.place_first")), steps);
    down.addEventListener("toggle", () => down.open && !steps.childElementCount && void this.#offer(steps, ""));
    this.part.replaceChildren(input, find, this.found, down);
  }

  async #find(text) {
    if (!text) return;
    const found = await told(`${this.address}?q=${encodeURIComponent(text)}`);
    if (!found) return this.#say("place_offline");
    if (!found.communes.length) return this.#say("place_none");
    const ways = found.communes.map((one) => make("li", {}, this.#way(one)));
    this.found.replaceChildren(make("ul", { class: "vx-card vx-ways" }, ...ways));
  }

  #way(one) {
    const above = make("small", {}, [one.above, one.was].filter(Boolean).join(" · "));
    const pick = () => this.#pick(one.id, [one.name, one.above].filter(Boolean).join(", "));
    return make("button", { class: "vx-link", type: "button", on: { click: pick } }, one.name, above);
  }

  #pick(id, name) {
    this.places[id] = name;
    this.#changed(id);
  }

  #say(name) {
    this.found.replaceChildren(make("p", {}, this.wording.word(`page.${name}`)));
  }

  // A list of what lies below a unit; the next one comes under it.
  async #offer(steps, unit) {
    const found = await told(`${this.address}?o=${encodeURIComponent(unit)}`);
    if (!found) return this.#say("place_offline");
    if (found.chosen) return this.#pick(found.chosen.id, [found.chosen.name, found.chosen.above].filter(Boolean).join(", "));
    const select = make("select", { class: "form-select", "aria-label": this.wording.word("page.place_first") }, new Option(this.wording.word("page.choose"), ""));
    select.append(...found.offered.map(({ id, name }) => new Option(name, id)));
    select.addEventListener("change", () => {
      while (select.nextSibling) select.nextSibling.remove();
      if (select.value) void this.#offer(steps, select.value);
    });
    steps.append(select);
    if (unit) select.focus();
  }
}
