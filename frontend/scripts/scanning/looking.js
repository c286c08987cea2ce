// The part with the camera: what is the matter with it, its light, which of two.
import { openScanner } from "../scanner/camera.js";
import { at, on, press, show, text, word } from "./screen.js";

const SEEING = new Set(["starting", "running", "dark", "paused"]);

export class Looking {
  constructor({ worker, onText }) {
    this.worker = worker;
    this.onText = onText;
    this.scanner = null;
    this.hasLight = false;
    on("torch", () => this.#light(!this.hasLight));
    on("switch", () => this.scanner?.switch());
    on("camera-again", () => this.open());
  }

  async open() {
    this.close();
    const opening = (this.opening = Symbol("opening"));
    const scanner = await openScanner({
      video: at("video"),
      worker: this.worker,
      onText: (words) => this.opening === opening && this.onText(words),
      onState: (state) => this.opening === opening && this.#say(state),
    });
    if (this.opening !== opening) return scanner.stop();
    this.scanner = scanner;
    document.documentElement.dataset.vxReader = scanner.path;
    show("torch", scanner.hasTorch);
    show("switch", scanner.canSwitch);
    show("tools", scanner.hasTorch || scanner.canSwitch);
  }

  close() {
    this.opening = null;
    this.scanner?.stop();
    this.scanner = null;
    press("torch", (this.hasLight = false));
  }

  async #light(isOn) {
    this.hasLight = isOn;
    press("torch", isOn);
    await this.scanner?.torch(isOn);
  }

  #say(state) {
    const isSeeing = SEEING.has(state);
    show("view", isSeeing);
    show("camera-fault", !isSeeing);
    text(isSeeing ? "hint" : "camera-words", word(`camera-${state}`));
  }
}
