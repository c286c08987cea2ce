// A browser that keeps nothing (a private window, storage forbidden or full): what is recorded is sent at once, and
// lives on the page alone. Nothing is said to be recorded that the server did not answer for.
import { NotSent } from "./queue.js";
import { lasting, Store } from "./store.js";
import { Diary } from "./visits.js";

export class PassingStore {
  constructor() {
    this.facts = new Map();
  }

  fact(name) {
    return Promise.resolve(this.facts.get(name));
  }

  noteFact(name, value) {
    this.facts.set(name, value);
    return Promise.resolve();
  }

  sealed(readable, value) {
    return Promise.resolve({ ...readable, value });
  }

  opened({ value }) {
    return Promise.resolve(value);
  }
}

class PassingDiary extends Diary {
  constructor() {
    super(new PassingStore());
    this.kept = new Map();
    for (const queue of [this.visits, this.removals]) {
      Object.assign(queue, { count: async () => 0, listed: async () => [], flush: async () => ({ problem: "" }), start() {} });
    }
  }

  async all() {
    return [...this.kept.values()];
  }

  async keep(visit, items) {
    const answer = items.length ? await this.visits.send(items) : { refused: [] };
    if (answer.refused?.length) throw new NotSent("refused", { code: answer.refused[0].code });
    this.kept.set(visit.id, visit);
    return visit;
  }

  async takeBack(ids, id) {
    await this.removals.send([{ ids }]);
    if (id) this.kept.delete(id);
  }
}

// The diary of this browser, and whether it lasts: "lasting", "passing", "full".
export async function diaryOf() {
  const store = new Store();
  const lasts = await lasting(store);
  return { diary: lasts === "lasting" ? new Diary(store) : new PassingDiary(), lasts };
}
