// What the phone keeps of declarations, sealed: the draft of each form, the last answers that stay, what the register
// knows of its holder (masked), what the holder agreed to; and what waits to be sent.
import { agree, asDevice } from "../diary/device.js";
import { PassingStore } from "../diary/passing.js";
import { Queue } from "../diary/queue.js";
import { post, sender } from "../diary/senders.js";
import { lasting, Store } from "../diary/store.js";

export const DECLARATIONS = "declarations";
const SEND = "/api/v1/declarations";
const AGREE = "/api/v1/devices/me/consents";
const AGREED = "declare-agreed";
const MOST = 20; // of one body
const DRAFT_LIVES_MS = 7 * 24 * 3600_000;

// What was agreed to on the phone is told before anything that rests on it is sent.
function withConsent(store, send) {
  return async (items) => {
    const given = await store.fact(AGREED);
    if (given && !given.told) {
      await post(AGREE, { purpose: "declarations", version: given.version, language: given.language });
      await store.noteFact(AGREED, { ...given, told: true });
    }
    return send(items);
  };
}

export function declarationsOf(store) {
  const send = asDevice(store, withConsent(store, sender(SEND, DECLARATIONS)));
  return new Queue({ name: DECLARATIONS, send, store, most: MOST });
}

export class Keeping {
  static async opened() {
    const store = new Store();
    const lasts = (await lasting(store)) === "lasting";
    return new Keeping(lasts ? store : new PassingStore(), lasts);
  }

  constructor(store, lasts) {
    this.store = store;
    this.lasts = lasts;
    this.queue = declarationsOf(store);
  }

  async read(name) {
    try {
      const row = await this.store.fact(name);
      return row ? await this.store.opened(row) : null;
    } catch {
      return null;
    }
  }

  async keep(name, value) {
    await this.store.noteFact(name, await this.store.sealed({ id: name }, value));
  }

  async draft(code, now) {
    const draft = await this.read(`declare-draft-${code}`);
    return draft && now - draft.at < DRAFT_LIVES_MS ? draft : null;
  }

  keepDraft(code, draft) {
    return this.keep(`declare-draft-${code}`, draft);
  }

  async dropDraft(code) {
    await this.store.noteFact(`declare-draft-${code}`, null);
  }

  async hasAgreed(version) {
    return (await this.store.fact(AGREED))?.version === version;
  }

  async agreed(version, language) {
    await agree(this.store);
    await this.store.noteFact(AGREED, { version, language, at: Date.now(), told: false });
  }

  // Puts a declaration on the disk to be sent, and its draft away, both or neither; without a disk it is sent at once.
  async send(item, { code, last }) {
    if (!this.lasts) return this.queue.send([item]);
    const kept = await this.store.sealed({ id: `declare-last-${code}` }, last);
    await this.queue.add([item], {
      tables: ["facts"],
      beside: ({ facts }) => {
        facts.put(kept, `declare-last-${code}`);
        facts.put(null, `declare-draft-${code}`);
      },
    });
    return null;
  }
}
