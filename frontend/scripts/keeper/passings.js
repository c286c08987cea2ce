// Passings of a door: each is sealed at once, lies in the queue of its point, and is sent when there is a network.
import { now } from "../clock.js";
import { alone, Queue } from "../diary/queue.js";
import { Store } from "../diary/store.js";
import { newId, timeOf as madeAt } from "../uuid7.js";
import { keyAt } from "./keys.js";
import { Sealer } from "./seal.js";

const MOST_AT_ONCE = 50;
const MOST_BACK = 4; // acts of up to 21 people each

export const queueName = (code) => `keeper-${code}`;

export class Passings {
  // `hpke()` fetches the sealing; `changed()` is told when the queue moves, `stranger(code)` when the server no longer
  // knows this machine.
  constructor({ server, hpke, point, inside, changed, stranger }) {
    Object.assign(this, { server, hpke, point, inside, changed, stranger });
    this.keys = [];
    this.asked = Promise.resolve(); // keys that are on their way
    const send = (items) => this.#sent(items);
    const [name, store] = [queueName(point.code), new Store()];
    this.queue = new Queue({ name, send, store, most: MOST_AT_ONCE });
    const back = (acts) => this.#sentBack(acts);
    this.backs = new Queue({ name: `${name}-back`, send: back, store, most: MOST_BACK, after: name });
    this.queue.watch(changed);
  }

  start() {
    this.queue.start();
    this.backs.start();
    void this.#hpke();
  }

  get canSeal() {
    return keyAt(this.keys, now()) !== null;
  }

  // The sealing is fetched while there is a network; null where it was not.
  async #hpke() {
    this.module ??= await this.hpke().catch(() => null);
    return this.module;
  }

  // What is sent about somebody: to be looked at, or kept. Null where there is no key to seal to.
  async item(id, read, at) {
    const sealer = await this.#sealer(at);
    return sealer && sealer.item(id, { ...read, at: new Date(at).toISOString(), entrance: this.point.entrance ?? 0 });
  }

  async #sealer(at) {
    if (!keyAt(this.keys, at)) await this.asked;
    const key = keyAt(this.keys, at);
    const hpke = key && (await this.#hpke());
    if (!hpke) return null;
    if (this.sealing?.key.id !== key.id) this.sealing = new Sealer({ hpke, key, code: this.point.code });
    return this.sealing;
  }

  // Writes somebody and who came with them: {ids}, or {fault}: no key to seal to, or no room here and no network.
  async write({ subject, nWith, direction, at }) {
    const subjects = [subject];
    for (let n = 1; n <= nWith; n++) subjects.push({ kind: "companion", value: `+${n}`, of: subject });
    const items = await Promise.all(subjects.map((one) => this.item(newId(at), { direction, subject: one }, at)));
    if (items.includes(null)) return { fault: "no_door_key" };
    const ids = items.map(({ id }) => id);
    this.inside.passed(ids, direction);
    return (await this.#stored(items, ids)) ? { ids } : { fault: "storage_full" };
  }

  async #stored(items, ids) {
    try {
      await this.queue.add(items);
      return true;
    } catch {
      const told = await this.server.send(items).catch(() => null);
      this.inside.settled(ids);
      this.inside.told(told?.inside);
      return told !== null && (told.refused ?? []).length === 0;
    }
  }

  async #sent(items) {
    try {
      const told = await this.server.send(items);
      this.inside.told(told.inside);
      this.inside.settled(items.map(({ id }) => id));
      return told;
    } catch (fault) {
      if (fault.why === "stranger") this.stranger(fault.code);
      throw fault;
    }
  }

  // Takes passings out again. Not while the queue is being sent: what is on its way must come back from the server.
  takeBack(ids) {
    return alone(`vx-queue-${this.queue.name}`, () => this.#takenBack(ids), { ifAvailable: false });
  }

  async #takenBack(ids) {
    const states = await Promise.all(ids.map((id) => this.queue.stateOf(id)));
    if (states.includes("sent")) {
      const answer = await this.server.call("back", { ids }).catch(() => null);
      if (!answer?.ok) return false;
      this.inside.told(answer.said.inside);
    } else await this.#keepBack(ids);
    await this.queue.withdraw(ids);
    this.inside.settled(ids);
    return true;
  }

  // What waits here may be there all the same: its answer was lost. So it is taken back there too, when that can be.
  async #keepBack(ids) {
    const name = this.queue.name;
    const beside = ({ queue }) => ids.forEach((id) => queue.delete([name, id]));
    await this.backs.add([{ id: newId(now()), ids }], { beside });
    void this.backs.flush();
  }

  async #sentBack(acts) {
    const { inside } = await this.server.back(acts.flatMap(({ ids }) => ids));
    this.inside.told(inside);
    return { refused: [] };
  }

  // {n, since, refused: [code]} of what lies here.
  async waiting() {
    const rows = await this.queue.listed("waiting").catch(() => []);
    const refused = await this.queue.listed("refused").catch(() => []);
    const ids = rows.map(({ id }) => id);
    return { ids, n: rows.length, since: rows.length ? madeAt(rows[0].id) : 0, refused: refused.map(({ code }) => code) };
  }

  async dropRefused() {
    const rows = await this.queue.listed("refused");
    await this.queue.withdraw(rows.map(({ id }) => id));
  }
}

// How many wait for a point on this machine, when nobody may send them.
export async function waitingFor(code) {
  const queue = new Queue({ name: queueName(code), send: null, store: new Store() });
  return queue.count().catch(() => 0);
}
