// An enrolled device: the code behind the "#" of its link, and the watch over how long it holds.
// The token lies in a cookie that no script reads; what this page shows is gone when it lapses.
const CHECK_MS = 20000;
const LAPSED = "accounts.device_lapsed";
const UNKNOWN = "accounts.device_unknown";

function takeCode() {
  const field = document.querySelector("[data-vx-enrol-code]");
  const code = location.hash.slice(1);
  if (!field || !/^[A-Z2-7]{24}$/.test(code)) return;
  field.value = code.match(/.{4}/g).join(" ");
  history.replaceState(null, "", location.pathname);
  document.querySelector("[data-vx-enrol-go]")?.focus();
}

// Told as a duration, so that a wrong clock on the phone neither shortens nor lengthens it.
function secondsLeft(response) {
  return Number(response.headers.get("VX-Valid-Seconds") ?? NaN);
}

class Watch {
  constructor(card) {
    this.card = card;
    this.hold(Number(card.dataset.vxSeconds));
    this.timer = setInterval(() => this.check(), CHECK_MS);
    const look = () => document.visibilityState === "visible" && this.check();
    document.addEventListener("visibilitychange", look);
    window.addEventListener("pageshow", look);
    window.addEventListener("online", look);
  }

  hold(seconds) {
    if (Number.isFinite(seconds)) this.until = Date.now() + seconds * 1000;
  }

  async check() {
    if (!this.card) return;
    if (Date.now() >= this.until) return this.forget(LAPSED);
    let response;
    try {
      response = await fetch(this.card.dataset.vxContact, { cache: "no-store", credentials: "same-origin" });
    } catch {
      return;
    }
    if (response.ok) this.hold(secondsLeft(response));
    else if (response.status === 401 || response.status === 404) this.forget(await codeOf(response));
  }

  forget(code) {
    clearInterval(this.timer);
    this.card = null;
    document.querySelectorAll("[data-vx-device], [data-vx-device-part]").forEach((part) => part.remove());
    sessionStorage.clear();
    const said = document.querySelector(`[data-vx-ended="${CSS.escape(code)}"]`);
    (said ?? document.querySelector(`[data-vx-ended="${UNKNOWN}"]`)).hidden = false;
  }
}

async function codeOf(response) {
  try {
    return (await response.json()).code ?? UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

export function startEnrol() {
  takeCode();
  const card = document.querySelector("[data-vx-device]");
  if (card) new Watch(card);
}
