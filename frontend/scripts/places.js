// A commune found while its name is typed: the same page is asked as the form would ask it, and only
// what it found is taken over. Another code can be asked for once its wait is over.
const PAUSE_MS = 350;
let asked;

async function find(form) {
  asked?.abort();
  asked = new AbortController();
  const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
  try {
    const answer = await fetch(address, { signal: asked.signal, credentials: "same-origin" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("vx-found");
    if (found) document.getElementById("vx-found").replaceChildren(...found.childNodes);
  } catch {
    // No network, or another letter was typed: the button still asks.
  }
}

function startSearching() {
  const form = document.querySelector("[data-vx-pick]");
  let pause;
  form?.addEventListener("input", () => {
    clearTimeout(pause);
    if (form.q.value.trim().length > 1) pause = setTimeout(() => find(form), PAUSE_MS);
  });
}

function startWaiting() {
  const button = document.querySelector("[data-vx-wait]");
  const seconds = Number(button?.dataset.vxWait ?? 0);
  if (!seconds) return;
  button.disabled = true;
  setTimeout(() => void (button.disabled = false), seconds * 1000);
}

export function startPlaces() {
  startSearching();
  startWaiting();
}
