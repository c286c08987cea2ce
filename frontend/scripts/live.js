// htmx, with the settings that a strict Content-Security-Policy asks for (in the page's meta tag), and
// a spoken word when a part of the page was replaced or could not be fetched.
import "htmx.org/dist/htmx.esm.js";
import { say } from "./say.js";

export function startLive() {
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.target instanceof Element ? event.target.closest("[data-vx-said]") : null;
    if (target) say(target.dataset.vxSaid);
  });
  document.addEventListener("htmx:error", () => {
    say(document.getElementById("vx-live")?.dataset.vxFailed ?? "");
  });
}
