// Words of the page stand in its templates, so that they are translated with it: {name} is filled in here.
export function word(name, values = {}) {
  const found = document.querySelector(`template[data-vx-word="${CSS.escape(name)}"]`);
  const text = found?.content.textContent.trim() ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

// The day by the calendar of Vietnam, as "2026-03-02".
export const dayOf = (at) => new Date(at + 7 * 3600_000).toISOString().slice(0, 10);

export function timeOf(at) {
  const date = new Date(at);
  return `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;
}
