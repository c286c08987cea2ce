// The camera of the keeper's page, and what is said where there is none.
import { openScanner } from "../scanner/camera.js";
import { word } from "./words.js";

const QUIET = new Set(["starting", "running", "paused"]);

export class Looking {
  constructor({ screen, worker, onText }) {
    Object.assign(this, { screen, worker, onText });
    this.scanner = null;
    this.isLit = this.isStopped = false;
    screen.at("torch").addEventListener("click", () => void this.#light());
    screen.at("switch").addEventListener("click", () => void this.scanner?.switch());
  }

  async open() {
    this.close();
    this.screen.show("start", false);
    this.screen.show("view");
    const video = this.screen.at("video");
    this.scanner = await openScanner({ video, worker: this.worker, onText: this.onText, onState: (state) => this.#said(state) });
    this.#buttons();
  }

  get isOpen() {
    return this.scanner !== null && !this.isStopped;
  }

  // Somebody who came before the keeper was ready is read now.
  again() {
    this.scanner?.forget();
  }

  close() {
    this.scanner?.stop();
    this.scanner = null;
  }

  // A machine at a door stays awake while its camera looks.
  #stayAwake() {
    void navigator.wakeLock?.request("screen").catch(() => {}); // refused when the battery is low
  }

  #said(state) {
    if (state === "running") this.#stayAwake();
    const isQuiet = QUIET.has(state);
    this.screen.text("camera-words", isQuiet ? "" : word(`camera_${state}`));
    this.screen.show("camera-fault", !isQuiet);
    const isSeen = isQuiet || state === "dark";
    this.isStopped = !isSeen;
    this.screen.show("view", isSeen);
    this.screen.show("start", !isSeen);
    this.#buttons();
  }

  #buttons() {
    const { hasTorch = false, canSwitch = false } = this.scanner ?? {};
    this.screen.show("torch", hasTorch);
    this.screen.show("switch", canSwitch);
    this.screen.show("camera-buttons", hasTorch || canSwitch);
  }

  async #light() {
    this.isLit = !this.isLit;
    await this.scanner?.torch(this.isLit);
    this.screen.at("torch").setAttribute("aria-pressed", String(this.isLit));
  }
}
