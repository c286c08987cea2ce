// Reminds of scanning out when the usual stay is over: on the page, and by a notification where that was allowed.
import { openOf } from "../diary/rules.js";
import { on, show, text, word } from "./screen.js";

const EVERY_MS = 30_000;

export class Reminding {
  constructor({ diary, leave }) {
    this.diary = diary;
    this.visit = null;
    this.stays = new Map(); // until when somebody said that they stay
    on("remind-leave", () => leave(this.visit));
    on("remind-stay", () => this.#stay());
    on("notify", () => this.#allow());
    this.#offer();
    setInterval(() => void this.look(), EVERY_MS);
    document.addEventListener("visibilitychange", () => void this.look());
  }

  async look() {
    const now = this.diary.now();
    const visit = openOf(await this.diary.all(), now);
    const due = visit && Math.max(visit.at + visit.stay * 60_000, this.stays.get(visit.id) ?? 0);
    const isDue = Boolean(visit) && now >= due;
    show("remind", isDue);
    if (isDue && this.visit?.id !== visit.id) void this.#notify();
    this.visit = isDue ? visit : null;
    if (isDue) text("remind-words", this.#words(visit));
  }

  #words(visit) {
    return word("remind", { name: visit.name || word("unnamed", { code: visit.shown }), n: visit.stay });
  }

  #stay() {
    this.stays.set(this.visit.id, this.diary.now() + this.visit.stay * 60_000);
    this.visit = null;
    show("remind", false);
  }

  #offer() {
    show("notify", globalThis.Notification?.permission === "default");
  }

  async #allow() {
    await Notification.requestPermission();
    this.#offer();
  }

  // What lies on a locked screen names no place.
  async #notify() {
    if (globalThis.Notification?.permission !== "granted") return;
    const worker = await navigator.serviceWorker?.getRegistration();
    await worker?.showNotification(word("notification"), { tag: "vx-remind" });
  }
}
