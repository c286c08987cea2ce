// Making pieces of the page: elements with their attributes and children, icons out of the page's templates.
export function make(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === false || value === undefined || value === null || value === "") continue;
    if (name === "on") Object.entries(value).forEach(([kind, work]) => made.addEventListener(kind, work));
    else if (name in made && typeof value !== "string") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

export function icon(name) {
  const found = document.querySelector(`template[data-vx-icon="${name}"]`);
  return found ? found.content.firstElementChild.cloneNode(true) : "";
}

export function button(words, { icons = [], work, ...given }) {
  const [before, after] = icons;
  return make(
    "button",
    { class: "vx-btn", type: "button", on: work ? { click: work } : {}, ...given },
    before ? icon(before) : null,
    words,
    after ? icon(after) : null,
  );
}

export function box(tone, shape, ...children) {
  return make("div", { class: `vx-state vx-state-${tone}` }, icon(shape), make("div", { class: "vx-grow" }, ...children));
}
