// What a scanning page shows: its parts by name (`data-vx-at`), its words and pieces out of its templates.
const VIETNAM = "Asia/Ho_Chi_Minh";
const english = () => document.documentElement.lang === "en";
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: VIETNAM });
const parts = new Map();

export function at(name, root = document) {
  if (root !== document) return root.querySelector(`[data-vx-at="${name}"]`);
  if (!parts.has(name)) parts.set(name, document.querySelector(`[data-vx-at="${name}"]`));
  return parts.get(name);
}

export function text(name, words, root) {
  at(name, root).textContent = words;
}

export function show(name, isShown = true, root = document) {
  at(name, root).hidden = !isShown;
}

export function on(name, work, root) {
  at(name, root).addEventListener("click", (event) => void work(event));
}

export function press(name, isOn) {
  at(name).setAttribute("aria-pressed", String(isOn));
}

// A word of the page's templates, with {values} filled in; empty where there is none of that name.
export function word(name, values = {}) {
  const found = document.querySelector(`template[data-vx-word="${CSS.escape(name)}"]`);
  const words = found?.content.textContent.trim() ?? "";
  return words.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export function piece(name) {
  return document.querySelector(`template[data-vx-template="${name}"]`).content.firstElementChild.cloneNode(true);
}

// A status chip: shape, word and colour.
export function chip(name, tone, words, root) {
  const made = piece(tone);
  made.append(words);
  at(name, root).replaceChildren(made);
}

// Focus to where the page changed, so that it is read out and the keyboard goes on from there.
export function focus(name) {
  at(name).focus({ preventScroll: true });
  scrollTo(0, 0);
}

export function timeOf(instant) {
  return clock.format(instant);
}

// A day as it stands in text, 26/5 or 26 May, with its weekday where that is wanted.
export function dayOf(instant, { weekday = undefined } = {}) {
  const [language, month] = english() ? ["en-GB", "short"] : ["vi-VN", "numeric"];
  return new Intl.DateTimeFormat(language, { day: "numeric", month, weekday, timeZone: VIETNAM }).format(instant);
}
