// The place before anything is recorded: its name, what its code is worth, in or out.
import { at, chip, focus, on, show, text, word } from "./screen.js";
import { placeOf } from "./finding.js";

const TONES = {
  genuine: "ok",
  list_old: "warn", // signed; what was revoked lately is not known
  typed: "none",
  unsigned: "none",
  unknown_key: "warn",
  early: "warn",
};
const LIVING = new Set(["registered", "approved"]);

export class Confirming {
  constructor({ finder, enter, leave, drop, missing }) {
    Object.assign(this, { finder, missing });
    this.found = this.door = null;
    on("enter", () => enter(this.place));
    on("leave", () => leave(this.place));
    on("not-here", drop);
  }

  get place() {
    return placeOf(this.found, this.door);
  }

  // Shows at once what is known of a code, then what the server says of it.
  async show(found, { isInside }) {
    this.found = found;
    this.door = await this.finder.remembered(found.code);
    this.#draw("asking");
    show("enter", !isInside);
    at("leave").classList.toggle("vx-btn-primary", isInside);
    focus("place");
    const told = await this.finder.asked(found.code);
    if (this.found !== found) return;
    if (told === null) return this.missing(found);
    this.door = told ?? this.door;
    this.#draw(told === undefined ? "alone" : "told");
  }

  #draw(state) {
    const { found, door } = this;
    text("place", door?.name || word("unnamed", { code: found.shown }));
    text("place-kind", door?.kind ?? (state === "asking" ? word("asking") : ""));
    text("place-code", found.shown);
    chip("place-check", TONES[found.verdict], word(`check-${found.verdict}`));
    for (const [part, words] of [["address", door?.address], ["door", this.place.door]]) {
      text(`place-${part}`, words ?? "");
      show(`place-${part}`, Boolean(words));
      show(`place-${part}-name`, Boolean(words));
    }
    const doubt = this.#doubt(state);
    text("doubt-words", doubt);
    show("doubt", Boolean(doubt));
  }

  #doubt(state) {
    const { found, door } = this;
    if (found.verdict === "early") return word("doubt-early");
    if (found.verdict === "list_old") return word("doubt-list_old");
    if (door && !LIVING.has(door.state)) return word("doubt-closed");
    if (!door && state === "alone") return word(found.verdict === "genuine" ? "doubt-genuine" : "doubt-unproven");
    return door && found.verdict !== "genuine" ? word("doubt-compare") : "";
  }
}

export { TONES };
