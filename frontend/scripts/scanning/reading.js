// Large type, and reading aloud where the browser has a voice of the page's language.
import { at, on, press, show } from "./screen.js";

const LARGE = "vx-large";
const ALOUD = "vx-aloud";

function kept(name) {
  try {
    return localStorage.getItem(name) === "on";
  } catch {
    return false;
  }
}

function keep(name, isOn) {
  try {
    localStorage.setItem(name, isOn ? "on" : "off");
  } catch {
    // it holds for this page
  }
}

export function startLarge() {
  const root = document.documentElement;
  root.toggleAttribute("data-vx-large", kept(LARGE));
  if (!at("large")) return;
  press("large", kept(LARGE));
  on("large", () => {
    const isOn = root.toggleAttribute("data-vx-large");
    keep(LARGE, isOn);
    press("large", isOn);
  });
}

export class Voice {
  constructor() {
    this.synthesis = globalThis.speechSynthesis;
    this.isOn = kept(ALOUD);
    if (!this.synthesis) return;
    this.#offer();
    this.synthesis.addEventListener?.("voiceschanged", () => this.#offer());
    on("aloud", () => this.#turn(!this.isOn));
  }

  get voice() {
    const wanted = document.documentElement.lang;
    return this.synthesis?.getVoices().find(({ lang }) => lang.toLowerCase().startsWith(wanted));
  }

  #offer() {
    show("aloud", Boolean(this.voice));
    press("aloud", this.isOn);
  }

  #turn(isOn) {
    this.isOn = isOn;
    keep(ALOUD, isOn);
    press("aloud", isOn);
    if (isOn) this.read(at("aloud").textContent);
    else this.synthesis.cancel();
  }

  read(words) {
    const voice = this.voice;
    if (!this.isOn || !voice) return;
    this.synthesis.cancel();
    const said = new SpeechSynthesisUtterance(words.replace(/\s+/g, " ").trim());
    Object.assign(said, { voice, lang: voice.lang });
    this.synthesis.speak(said);
  }
}
