// Switches of looks: theme (light, dark, as the machine) and density of tables. Without scripts the
// theme's buttons send a form; the density switch stays hidden.
import { remember } from "./cookies.js";

const SWITCHES = [
  { part: "data-vx-set-theme", cookie: "vx_theme", attribute: "data-bs-theme" },
  { part: "data-vx-set-density", cookie: "vx_density", attribute: "data-vx-density" },
];

function show({ part, attribute }) {
  const current = document.documentElement.getAttribute(attribute);
  for (const button of document.querySelectorAll(`[${part}]`)) {
    button.setAttribute("aria-pressed", String(button.getAttribute(part) === current));
  }
}

function listen(choice) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest(`[${choice.part}]`);
    if (!button) return;
    event.preventDefault();
    const value = button.getAttribute(choice.part);
    document.documentElement.setAttribute(choice.attribute, value);
    remember(choice.cookie, value);
    show(choice);
  });
}

export function startChoices() {
  for (const group of document.querySelectorAll("[data-vx-needs-script]")) group.hidden = false;
  for (const choice of SWITCHES) {
    show(choice);
    listen(choice);
  }
}
