// The camera as a reader of QR codes: asks for it, reads frames, says in words of one kind what is the matter.
// States: "starting", "running", "dark" (and "running" again), "paused" (the page is hidden), "no_camera", "refused",
// "busy" (another program has it), "insecure" (the page did not come by HTTPS), "no_reader" (ours could not be fetched).
import { readerOf } from "./frames.js";

const FAULTS = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "no_camera",
  OverconstrainedError: "no_camera",
};
const AGAIN_MS = 1500; // a code that stays in view is one reading
const REST_MS = 60; // between frames, for cheap phones
const DARK_FRAMES = 6;

function constraints(facing) {
  const video = { facingMode: { ideal: facing }, width: { ideal: 1280 }, height: { ideal: 720 } };
  return { audio: false, video };
}

async function nCameras() {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter(({ kind }) => kind === "videoinput").length;
  } catch {
    return 1;
  }
}

const rest = (ms) => new Promise((resolve) => void setTimeout(resolve, ms));

class Scanner {
  constructor({ video, onText, onState, worker }) {
    Object.assign(this, { video, onText, onState, worker });
    this.facing = "environment";
    this.stream = this.reader = null;
    this.path = "";
    this.canSwitch = this.isOver = false;
    this.turn = 0; // readings of an earlier opening end when this has moved on
    this.last = { text: "", at: 0 };
    this.state = "";
    this.seen = () => void (document.hidden ? this.#pause() : this.#open());
  }

  get track() {
    return this.stream?.getVideoTracks()[0] ?? null;
  }

  get hasTorch() {
    return Boolean(this.track?.getCapabilities?.().torch);
  }

  async start() {
    document.addEventListener("visibilitychange", this.seen);
    await this.#open();
    return this;
  }

  async torch(isOn) {
    await this.track?.applyConstraints({ advanced: [{ torch: isOn }] }).catch(() => {});
  }

  async switch() {
    this.facing = this.facing === "environment" ? "user" : "environment";
    this.#release();
    await this.#open();
  }

  // What stays in view is a new reading again: whoever was shown too early is read now.
  forget() {
    this.last = { text: "", at: 0 };
  }

  // Lets the camera go; opening it again takes a new scanner.
  stop() {
    this.isOver = true;
    document.removeEventListener("visibilitychange", this.seen);
    this.#release();
    this.reader?.close();
    this.reader = null;
  }

  #say(state) {
    if (this.state === state) return;
    this.state = state;
    this.onState?.(state);
  }

  #pause() {
    if (!this.stream) return;
    this.#release();
    this.#say("paused");
  }

  #release() {
    this.turn += 1;
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = this.video.srcObject = null;
  }

  async #open() {
    if (this.isOver || this.stream || document.hidden) return;
    if (!globalThis.isSecureContext || !navigator.mediaDevices?.getUserMedia) {
      return this.#say(globalThis.isSecureContext ? "no_camera" : "insecure");
    }
    this.#say("starting");
    const turn = ++this.turn;
    try {
      await this.#opened(turn);
    } catch (fault) {
      if (turn === this.turn) this.#release();
      this.#say(FAULTS[fault.name] ?? (fault.message === "worker" ? "no_reader" : "busy"));
    }
  }

  async #opened(turn) {
    const stream = await navigator.mediaDevices.getUserMedia(constraints(this.facing));
    if (turn !== this.turn || this.isOver) return void stream.getTracks().forEach((track) => track.stop());
    this.stream = this.video.srcObject = stream;
    this.track.addEventListener("ended", () => this.stream === stream && (this.#release(), this.#say("busy")));
    await this.video.play();
    this.reader ??= await readerOf(this.worker);
    this.path = this.reader.path;
    this.canSwitch = (await nCameras()) > 1;
    if (turn !== this.turn) return;
    this.#say("running");
    void this.#read(turn);
  }

  async #read(turn) {
    for (let nDark = 0; turn === this.turn; await rest(REST_MS)) {
      if (this.video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) continue;
      const found = await this.reader.read(this.video).catch((fault) => ({ fault }));
      if (turn !== this.turn) return;
      if (found.fault?.message === "worker") return void (this.#release(), this.#say("no_reader"));
      nDark = found.dark ? nDark + 1 : found.text ? 0 : Math.max(0, nDark - 0.25);
      this.#say(nDark >= DARK_FRAMES ? "dark" : "running");
      if (found.text) this.#heard(found.text);
    }
  }

  #heard(text) {
    const at = Date.now();
    const isAgain = text === this.last.text && at - this.last.at < AGAIN_MS;
    this.last = { text, at };
    if (!isAgain) this.onText(text);
  }
}

// Opens the camera in `video` (muted, playsinline); `worker` is the address of the built reader. The scanner has
// `stop()`, `torch(isOn)`, `hasTorch`, `canSwitch`, `switch()` and `path`: "native" or "worker".
export function openScanner(asked) {
  return new Scanner(asked).start();
}
