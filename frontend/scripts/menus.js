// Menus are <details>: they open without scripts. Here they also close on Escape and a click elsewhere.
const OPEN = "details.vx-menu[open]";

function close(menu) {
  menu.open = false;
}

export function startMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(OPEN)) {
      if (!menu.contains(event.target)) close(menu);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(OPEN)) {
      const inside = menu.contains(document.activeElement);
      close(menu);
      if (inside) menu.querySelector("summary").focus();
    }
  });
}
