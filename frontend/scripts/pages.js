// Small helps of a page: focus on the error summary, print.
function focusErrors() {
  document.querySelector("[data-vx-errors]")?.focus();
}

function listenForPrint() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-vx-print]")) window.print();
  });
}

export function startPages() {
  focusErrors();
  listenForPrint();
}
