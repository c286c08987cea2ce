// Somebody without a code: their number, a code by SMS to it, and the one-time code that the server gives for both.
import { word } from "./words.js";

export class ByPhone {
  constructor({ screen, server, found }) {
    Object.assign(this, { screen, server, found });
    this.asked = "";
    const [number, code] = ["phone-form", "code-form"].map((name) => screen.at(name));
    number.addEventListener("submit", (event) => void this.#ask(event, number.elements.so));
    code.addEventListener("submit", (event) => void this.#confirm(event, code.elements.ma));
  }

  open(isOpen) {
    this.asked = "";
    this.screen.show("phone", isOpen);
    this.screen.show("phone-form");
    this.screen.show("code-form", false);
    this.screen.at("phone-form").reset();
    this.screen.at("code-form").reset();
    this.#say("");
    if (isOpen) this.screen.at("phone-form").elements.so.focus();
  }

  #say(words) {
    this.screen.text("phone-error", words);
    this.screen.show("phone-error", Boolean(words));
  }

  async #call(name, body) {
    try {
      const { ok, said } = await this.server.call(name, body);
      this.#say(ok ? "" : (said.message ?? word("not_now")));
      return ok ? said : null;
    } catch {
      this.#say(word("phone_needs_network"));
      return null;
    }
  }

  async #ask(event, field) {
    event.preventDefault();
    const told = await this.#call("phone", { number: field.value.trim() });
    if (!told) return;
    this.asked = told.asked;
    this.screen.show("phone-form", false);
    this.screen.show("code-form");
    this.screen.text("code-hint", word("code_sent", { n: Math.round(told.seconds / 60) }));
    this.screen.at("code-form").elements.ma.focus();
  }

  async #confirm(event, field) {
    event.preventDefault();
    const told = await this.#call("phone/confirm", { asked: this.asked, code: field.value.trim() });
    if (!told) return;
    this.open(false);
    await this.found(told.subject.value);
  }
}
