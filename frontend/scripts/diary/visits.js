// The phone's diary: where its holder was, sealed, for 21 days; and what of it is sent. A visit and what is to be sent
// of it are put on the disk together or not at all.
import { now as clockNow } from "../clock.js";
import { newId } from "../uuid7.js";
import { asDevice } from "./device.js";
import { Queue } from "./queue.js";
import { byTime, KEPT_MS, startOf } from "./rules.js";
import { post, sender } from "./senders.js";

export const VISITS = "visits";
export const REMOVALS = "removals";
const SEND = "/api/v1/visits";
const REMOVE = "/api/v1/devices/me/visits/remove";
const TABLES = ["visits"];

// The queues of a phone, wherever they are sent from: a page or the worker.
export function queuesOf(store) {
  const remove = async (items) => {
    await post(REMOVE, { ids: items.flatMap(({ ids }) => ids) });
    return { refused: [] };
  };
  return {
    visits: new Queue({ name: VISITS, send: asDevice(store, sender(SEND, "visits")), store }),
    removals: new Queue({ name: REMOVALS, send: asDevice(store, remove), store, most: 2, after: VISITS }),
  };
}

function companion(place) {
  return { kind: "companion", value: `+${place}` };
}

export class Diary {
  constructor(store, { now = clockNow } = {}) {
    this.store = store;
    this.now = now;
    Object.assign(this, queuesOf(store));
  }

  #item(visit, direction, at, subject) {
    const item = { id: newId(at), point: visit.code, direction, at: new Date(at).toISOString(), means: "scan" };
    if (visit.entrance) item.entrance = visit.entrance;
    if (subject) item.subject = subject;
    return item;
  }

  // All visits, oldest first. What is older than 21 days is taken out, and what can no longer be opened.
  async all() {
    const rows = await this.store.read("visits", (visits) => visits.getAll());
    const opened = await Promise.all(rows.map(async (row) => [row.id, await this.store.opened(row)]));
    const isOver = (visit) => visit === null || this.now() - startOf(visit) > KEPT_MS;
    const over = opened.filter(([, visit]) => isOver(visit)).map(([id]) => id);
    if (over.length) await this.store.write(TABLES, ({ visits }) => over.forEach((id) => visits.delete(id)));
    return byTime(opened.map(([, visit]) => visit).filter((visit) => !isOver(visit)));
  }

  async keep(visit, items) {
    const row = await this.store.sealed({ id: visit.id }, visit);
    await this.visits.add(items, { tables: TABLES, beside: ({ visits }) => void visits.put(row) });
    return visit;
  }

  // In: `place` is `{code, shown, name, address, entrance, door, stay, check}`.
  async enter(place, n = 0) {
    const at = Math.floor(this.now());
    const items = [this.#item(place, "in", at)];
    for (let one = 1; one <= n; one++) items.push(this.#item(place, "in", at, companion(one)));
    const ids = items.map(({ id }) => id);
    return this.keep({ ...place, id: ids[0], at, outAt: null, inIds: ids, outIds: [], n }, items);
  }

  // Out, together with whoever came along. A place that the phone knows no entry of gets a visit without one.
  async leave(visit) {
    const at = Math.floor(this.now());
    const n = visit.n ?? 0;
    const items = [this.#item(visit, "out", at)];
    for (let one = 1; one <= n; one++) items.push(this.#item(visit, "out", at, companion(one)));
    const ids = items.map(({ id }) => id);
    const known = visit.id ? visit : { ...visit, id: ids[0], at: null, inIds: [], n };
    return this.keep({ ...known, outAt: at, outIds: ids }, items);
  }

  // More or fewer people without a phone: they came in when the visit began.
  async accompany(visit, n) {
    const former = visit.inIds.length - 1;
    const inIds = visit.inIds.slice(0, 1 + Math.min(n, former));
    const items = [];
    for (let one = former + 1; one <= n; one++) items.push(this.#item(visit, "in", visit.at, companion(one)));
    const changed = { ...visit, n, inIds: [...inIds, ...items.map(({ id }) => id)] };
    await this.keep(changed, items);
    if (n < former) await this.takeBack(visit.inIds.slice(1 + n));
    return changed;
  }

  // Takes a visit out of the phone; what the server got of it less than ten minutes ago it takes out too.
  async remove(visit) {
    await this.takeBack([...visit.inIds, ...visit.outIds], visit.id);
  }

  // Takes scans back, and the visit `id` out of the diary.
  async takeBack(ids, id = "") {
    const removal = { id: newId(this.now()), ids };
    await this.removals.add([removal], {
      tables: TABLES,
      beside: (tables) => {
        for (const one of ids) tables.queue.delete([VISITS, one]);
        if (id) tables.visits.delete(id);
      },
    });
  }

  // Which identifiers wait, and which were refused, with the code.
  async states() {
    const [waiting, refused] = await Promise.all([this.visits.listed("waiting"), this.visits.listed("refused")]);
    return { waiting: new Set(waiting.map(({ id }) => id)), refused: new Map(refused.map(({ id, code }) => [id, code])) };
  }

  async flush() {
    const told = await this.visits.flush();
    if (!told.problem) await this.removals.flush();
    return told;
  }

  start() {
    this.visits.start();
    this.removals.start();
  }
}
