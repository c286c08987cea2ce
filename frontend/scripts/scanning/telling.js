// What a page says above everything: the phone's clock is wrong, visits wait, nothing can be kept.
import { wrongBy } from "../clock.js";
import { timeOf as madeAt } from "../uuid7.js";
import { on, show, text, word } from "./screen.js";

const LONG_MS = 24 * 3600_000;

export class Telling {
  constructor(diary, lasts) {
    this.diary = diary;
    this.lasts = lasts;
    on("send", () => diary.flush());
    diary.visits.watch(() => void this.tell());
    addEventListener("online", () => void this.tell());
    addEventListener("offline", () => void this.tell());
  }

  async tell() {
    this.#clock();
    this.#storage();
    const [oldest] = await this.diary.visits.listed("waiting", 1);
    const n = oldest ? await this.diary.visits.count() : 0;
    const isLong = oldest && this.diary.now() - madeAt(oldest.id) > LONG_MS;
    const { problem } = this.diary.visits;
    const name = problem === "stranger" ? "queue-stranger" : isLong ? "queue-long" : "queue";
    const isTold = n > 0 && (isLong || problem === "stranger" || (problem !== "" && navigator.onLine));
    text("queue-words", isTold ? word(name, { n }) : "");
    show("queue", isTold);
    show("send", problem !== "stranger");
  }

  fault(name) {
    text("fault-words", word(name));
    show("fault");
  }

  #clock() {
    const minutes = wrongBy();
    text("clock-words", minutes && word(minutes > 0 ? "clock-ahead" : "clock-behind", { n: Math.abs(minutes) }));
    show("clock", minutes !== 0);
  }

  #storage() {
    if (this.lasts !== "lasting") this.fault(this.lasts);
  }
}
