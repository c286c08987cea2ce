// Small helps of a page: focus on the error summary, a chosen file's name, print, one click per form.
function focusErrors() {
  document.querySelector("[data-vx-errors]")?.focus();
}

function listenForPrint() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-vx-print]")) window.print();
  });
}

function listenForSending() {
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.defaultPrevented || !button || event.target.method !== "post") return;
    button.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
  });
}

export function startPages() {
  focusErrors();
  listenForPrint();
  listenForSending();
}
