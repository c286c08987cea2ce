// One question on the page, and reading its answer back.
import { dayFrom } from "./checks.js";
import { icon, make } from "./drawing.js";

const MOST_OPEN = 12; // more options than this are a list to choose from
const WAYS = {
  text: { type: "text" },
  date: { type: "date" },
  year: { type: "text", inputmode: "numeric", maxlength: "4" },
  integer: { type: "text", inputmode: "numeric", maxlength: "7" },
  phone: { type: "tel", inputmode: "tel", autocomplete: "tel", maxlength: "20" },
  paper: { type: "text", autocapitalize: "characters", maxlength: "20" },
  insurance: { type: "text", autocapitalize: "characters", maxlength: "20" },
  email: { type: "email", inputmode: "email", autocomplete: "email", maxlength: "254" },
};
const FILLED = { name: "name", birth_year: "bday-year", address: "street-address" };

function heading(tag, question, { wording }, given = {}) {
  const optional = question.is_required ? null : make("span", { class: "vx-optional" }, ` ${wording.word("page.optional")}`);
  return make(tag, given, wording.text(question.text), optional);
}

function around(question, parts, { wording, isUnder }) {
  const isGroup = ["boolean", "choices"].includes(question.kind) || (question.kind === "choice" && !isList(question));
  const id = `q-${question.id}`;
  const hint = question.hint ? make("p", { class: "vx-hint", id: `${id}-hint` }, wording.text(question.hint)) : null;
  const error = make("p", { class: "vx-error", id: `${id}-error`, hidden: true });
  const given = { class: `vx-ask${isUnder ? " vx-ask-under" : ""}`, "data-vx-question": question.id };
  if (isGroup) {
    const described = `${question.hint ? `${id}-hint ` : ""}${id}-error`;
    return make("fieldset", { ...given, id, "aria-describedby": described }, heading("legend", question, { wording }), hint, ...parts, error);
  }
  const label = question.kind === "unit" ? heading("p", question, { wording }, { class: "vx-asked", id: `${id}-label` }) : heading("label", question, { wording }, { for: id });
  return make("div", given, label, hint, ...parts, error);
}

function isList(question) {
  return (question.options ?? []).length > MOST_OPEN;
}

function choice(question, { value, words, isChecked, isAlone, type }) {
  const input = make("input", { type, name: `q-${question.id}`, value });
  input.checked = isChecked;
  return make("label", { class: `vx-option${isAlone ? " vx-option-none" : ""}` }, input, make("span", {}, words));
}

function sides(question, { value, wording }) {
  const one = (said, name) => choice(question, { value: String(said), words: wording.word(`page.${name}`), isChecked: value === said, type: "radio" });
  return [make("div", { class: "vx-sides" }, one(true, "yes"), one(false, "no"))];
}

function options(question, { value, wording }) {
  const type = question.kind === "choices" ? "checkbox" : "radio";
  const isChecked = (id) => (Array.isArray(value) ? value.includes(id) : value === id);
  return question.options.map((one) =>
    choice(question, { value: one.id, words: wording.text(one.text), isChecked: isChecked(one.id), isAlone: Boolean(one.is_exclusive), type }),
  );
}

function list(question, { value, wording }) {
  const offered = question.kind === "country" ? wording.countries() : question.options.map((one) => [one.id, wording.text(one.text)]);
  const select = make("select", { class: "form-select", id: `q-${question.id}` }, new Option(wording.word("page.choose"), ""));
  select.append(...offered.map(([id, words]) => new Option(words, id)));
  select.value = value ?? "";
  return [select];
}

function line(question, { value, day }) {
  const described = `${question.hint ? `q-${question.id}-hint ` : ""}q-${question.id}-error`;
  const given = { class: "form-control", id: `q-${question.id}`, "aria-describedby": described, ...WAYS[question.kind] };
  const input = make("input", { ...given, autocomplete: given.autocomplete ?? FILLED[question.id] ?? "off" });
  if (question.kind === "text") input.maxLength = question.most ?? 200;
  if (question.kind === "date") {
    if (question.earliest_days !== undefined) input.min = dayFrom(day, question.earliest_days);
    if (question.latest_days !== undefined) input.max = dayFrom(day, question.latest_days);
  }
  input.value = value ?? "";
  return [input];
}

// The question drawn; `given` is `{wording, value, day, isUnder, place}`, `place` draws the finder of communes.
export function field(question, given) {
  const { kind } = question;
  if (kind === "unit") return around(question, [given.place()], given);
  if (kind === "boolean") return around(question, sides(question, given), given);
  if (kind === "country" || (kind === "choice" && isList(question))) return around(question, list(question, given), given);
  if (kind === "choice" || kind === "choices") return around(question, options(question, given), given);
  return around(question, line(question, given), given);
}

// An exclusive option clears the others, and is cleared by them.
export function settle(question, drawn, changed) {
  if (question.kind !== "choices" || !changed.checked) return;
  const alone = new Set(question.options.filter((one) => one.is_exclusive).map(({ id }) => id));
  for (const other of drawn.querySelectorAll("input")) {
    if (other !== changed && (alone.has(changed.value) || alone.has(other.value))) other.checked = false;
  }
}

// The answer that stands in a drawn question; undefined where there is none.
export function answerIn(question, drawn) {
  const { kind } = question;
  const checked = [...drawn.querySelectorAll("input:checked")].map(({ value }) => value);
  if (kind === "boolean") return checked.length ? checked[0] === "true" : undefined;
  if (kind === "choices") return checked;
  if (kind === "choice" && !isList(question)) return checked[0];
  const typed = (drawn.querySelector("input, select")?.value ?? "").trim();
  if (["integer", "year"].includes(kind) && /^\d+$/.test(typed)) return Number(typed);
  return typed || undefined;
}

export function tellFault(question, drawn, words) {
  const error = drawn.querySelector(".vx-error");
  error.replaceChildren(...(words ? [icon("alert-octagon"), make("span", {}, words)] : []));
  error.hidden = !words;
  const control = drawn.querySelector(".form-control, .form-select");
  control?.classList.toggle("is-invalid", Boolean(words));
  if (words) control?.setAttribute("aria-invalid", "true");
  else control?.removeAttribute("aria-invalid");
}
