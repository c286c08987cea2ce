// "/" puts the cursor into the search field, unless somebody is writing.
const WRITING = "input, textarea, select, [contenteditable]";

export function startSearch() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(WRITING)) return;
    const field = document.querySelector("[data-vx-search]");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
