// Words of a form in the language that it is filled in in; Vietnamese where a text lacks it.
import { isAnswered } from "./conditions.js";

export class Wording {
  constructor(told, lang) {
    this.told = told;
    this.lang = lang;
  }

  // A text of the form.
  text(texts) {
    const words = texts?.[this.lang] ?? texts?.vi ?? "";
    return words.replaceAll("{days}", this.told.form.lookback_days ?? "");
  }

  // A word of the page, "page.next"; empty where there is none.
  word(name, values = {}) {
    const [group, key] = name.split(".");
    const words = this.text(this.told.words[group]?.[key]);
    return words.replace(/\{(\w+)\}/g, (whole, one) => values[one] ?? whole);
  }

  fault(code) {
    return code && (this.word(`fault.${code}`) || this.word("fault.form"));
  }

  // Countries as `[code, name]`, by name.
  countries() {
    const named = Object.entries(this.told.countries ?? {}).map(([code, texts]) => [code, this.text(texts)]);
    return named.sort(([, one], [, other]) => one.localeCompare(other, this.lang));
  }

  // An answer as people read it.
  said(question, answer, places = {}) {
    if (!isAnswered(answer)) return this.word("page.unanswered");
    if (typeof answer === "boolean") return this.word(answer ? "page.yes" : "page.no");
    const named = (id) => this.text((question.options ?? []).find((one) => one.id === id)?.text) || id;
    if (Array.isArray(answer)) return answer.map(named).join(", ");
    if (question.kind === "choice") return named(answer);
    if (question.kind === "country") return this.text(this.told.countries?.[answer]) || answer;
    if (question.kind === "unit") return places[answer] ?? answer;
    return question.kind === "date" ? this.day(answer) : String(answer);
  }

  day(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    return this.lang === "vi" ? `${day}/${month}/${year}` : iso;
  }
}
