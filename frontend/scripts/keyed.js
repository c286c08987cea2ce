// A form that is entered from paper by keyboard alone: Enter goes on, Shift and Enter back, keys tick
// options, and what is not asked is left out of the way.

function fieldsOf(form) {
  return [...form.querySelectorAll("input:not([type=hidden])")].filter((one) => !one.closest("[hidden]"));
}

function typed(form, name) {
  const field = form.elements.namedItem(name);
  return field && !field.closest("[hidden]") ? field.value.trim() : "";
}

function holds(form, [name, key]) {
  const text = typed(form, name);
  return key ? text.toLowerCase().includes(key) : text !== "";
}

// Rows stand in order and a condition looks at earlier ones only: one pass is enough.
function ask(form) {
  for (const row of form.querySelectorAll("[data-vx-when]")) {
    const { every, clauses } = JSON.parse(row.dataset.vxWhen);
    const isAsked = every ? clauses.every((one) => holds(form, one)) : clauses.some((one) => holds(form, one));
    row.hidden = !isAsked;
  }
}

function tick(field) {
  const row = field.closest(".vx-keyed-row");
  if (!row) return;
  const keys = field.value.toLowerCase();
  for (const one of row.querySelectorAll("[data-vx-key]")) one.classList.toggle("vx-ticked", keys.includes(one.dataset.vxKey));
}

function goOn(form, field, step) {
  const fields = fieldsOf(form);
  const next = fields[fields.indexOf(field) + step];
  if (next) {
    next.focus();
    next.select();
  } else if (step > 0) form.requestSubmit();
}

export function startKeyed() {
  const form = document.querySelector("form[data-vx-keyed]");
  if (!form) return;
  ask(form);
  for (const field of fieldsOf(form)) tick(field);
  form.addEventListener("input", (event) => {
    tick(event.target);
    ask(form);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.isComposing) return;
    event.preventDefault();
    goOn(form, event.target, event.shiftKey ? -1 : 1);
  });
  const first = form.querySelector("[data-vx-first]") ?? form.querySelector(".is-invalid") ?? fieldsOf(form)[0];
  first.focus();
}
