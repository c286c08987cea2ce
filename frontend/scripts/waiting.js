// What the phone scanned and has not sent yet: it is sent while the first page is open, and the page says what is left.
import { Store } from "./diary/store.js";
import { queuesOf } from "./diary/visits.js";

export async function startWaiting() {
  const place = document.querySelector("[data-vx-unsent]");
  if (!place) return;
  try {
    const { visits } = queuesOf(new Store());
    const tell = async () => {
      const n = (await visits.listed("waiting")).length;
      place.querySelector("[data-vx-n]").textContent = n;
      place.hidden = n === 0;
      return n;
    };
    if (await tell()) await visits.flush().then(tell);
  } catch {
    place.hidden = true; // a browser that keeps nothing has nothing to send
  }
}
