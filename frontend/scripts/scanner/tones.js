// A sound and a buzz with each answer, so that nobody must look. Browsers let a page sound only after a touch.
const SWITCH = "vx-sound";
const NOTES = { ok: [[880, 0, 0.09], [1320, 0.1, 0.14]], warn: [[660, 0, 0.2]], bad: [[220, 0, 0.22], [180, 0.28, 0.34]] };
const BUZZES = { ok: [60], warn: [60, 60, 60], bad: [180, 90, 180] };
let sound = null;

export function isLoud() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}

export function makeLoud(isOn) {
  try {
    localStorage.setItem(SWITCH, isOn ? "on" : "off");
  } catch {
    // the switch then holds for no longer than the browser remembers
  }
}

function wake() {
  const Context = globalThis.AudioContext ?? globalThis.webkitAudioContext;
  if (!Context) return;
  sound ??= new Context();
  if (sound.state === "suspended") void sound.resume();
}

// From now on the first touch of the page allows sound.
export function startTones() {
  addEventListener("pointerdown", wake, { passive: true });
  addEventListener("keydown", wake, { passive: true });
}

function play([pitch, after, length]) {
  const from = sound.currentTime + after;
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.25, from);
  volume.gain.exponentialRampToValueAtTime(0.001, from + length);
  tone.connect(volume).connect(sound.destination);
  tone.start(from);
  tone.stop(from + length);
}

// "ok", "warn" or "bad".
export function tell(kind) {
  if (!isLoud()) return;
  if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.(BUZZES[kind]);
  if (sound?.state === "running") NOTES[kind].forEach(play);
}
