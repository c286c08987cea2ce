// What waits to be sent. Rows go in on the disk before anything is said to have been done, and leave when the server
// has answered for them; their own identifiers make a second sending harmless. One tab sends at a time (Web Locks),
// the others hear of it (BroadcastChannel); a worker in the background may send too.
const MOST = 100;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 5 * 60_000;
const LAST = "\uffff";

// Thrown by `send`: `why` is "offline" (no answer), "later" (the server asks to wait), "stranger" (it does not know
// the device), "refused" (it does not take the body as a whole).
export class NotSent extends Error {
  constructor(why, { seconds = 0, code = "" } = {}) {
    super(why);
    this.why = why;
    this.seconds = seconds;
    this.code = code;
  }
}

// Runs `work` alone among the tabs; undefined where another tab is at it already.
export async function alone(name, work, { ifAvailable = true } = {}) {
  if (!navigator.locks) return work();
  return navigator.locks.request(name, { ifAvailable }, (lock) => (lock ? work() : undefined));
}

function range(name, state) {
  return IDBKeyRange.bound([name, state, ""], [name, state, LAST]);
}

function waitAfter(failures) {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
  return longest * (0.5 + Math.random() / 2);
}

export class Queue {
  // `send(items)` answers `{stored, duplicate, refused: [{id, code}]}` or throws NotSent. What is sent of the queue
  // named `after` is on its way no longer when this one is sent.
  constructor({ name, send, store, most = MOST, after = "" }) {
    Object.assign(this, { name, send, store, most, after });
    this.problem = ""; // why the last sending ended early
    this.listeners = new Set();
    this.failures = 0;
    this.timer = 0;
    this.channel = globalThis.BroadcastChannel ? new BroadcastChannel(`vx-queue-${name}`) : null;
    if (this.channel) this.channel.onmessage = () => this.#tell();
  }

  // Puts items (each with its `id`) on the disk, together with the rows that `beside({…tables})` puts. The promise
  // holds once they are there; it fails where there is no room, and then nothing of it is kept.
  async add(items, { tables = [], beside = () => {} } = {}) {
    const rows = [];
    for (const item of items) {
      rows.push(await this.store.sealed({ id: item.id, name: this.name, state: "waiting", code: "" }, item));
    }
    await this.store.write(["queue", ...tables], (opened) => {
      for (const row of rows) opened.queue.put(row);
      beside(opened);
    });
    this.#told();
  }

  // How many are in a state: "waiting" or "refused". What was sent has left the queue.
  count(state = "waiting") {
    return this.store.read("queue", (queue) => queue.index("byState").count(range(this.name, state)));
  }

  // The readable part of rows in a state: `{id, state, code}`, oldest first.
  async listed(state = "waiting", most = undefined) {
    const rows = await this.#rows(state, most);
    return rows.map(({ id, code }) => ({ id, state, code }));
  }

  // "waiting", "refused", or "sent" for what has left the queue.
  async stateOf(id) {
    const row = await this.store.read("queue", (queue) => queue.get([this.name, id]));
    return row?.state ?? "sent";
  }

  // Takes rows out that are not to be sent (any more).
  async withdraw(ids, { tables = [], beside = () => {} } = {}) {
    await this.store.write(["queue", ...tables], (opened) => {
      for (const id of ids) opened.queue.delete([this.name, id]);
      beside(opened);
    });
    this.#told();
  }

  watch(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  // Sends until nothing waits or something stops it; what another tab is sending is left to it.
  async flush() {
    const work = () => this.#flushed();
    const turn = () => (this.after ? alone(`vx-queue-${this.after}`, work, { ifAvailable: false }) : work());
    const found = await alone(`vx-queue-${this.name}`, turn);
    return found ?? { sent: 0, refused: 0, problem: "elsewhere" };
  }

  async #flushed() {
    const told = { sent: 0, refused: 0, problem: "" };
    try {
      for (;;) {
        const rows = await this.#rows("waiting", this.most);
        if (rows.length === 0) break;
        await this.#sent(rows, told);
        this.#told();
      }
      this.failures = 0;
    } catch (fault) {
      if (!(fault instanceof NotSent)) throw fault;
      told.problem = fault.why;
      this.#later(fault);
    }
    this.problem = told.problem;
    this.#tell();
    return told;
  }

  async #sent(rows, told) {
    const opened = await Promise.all(rows.map(async (row) => ({ row, item: await this.store.opened(row) })));
    const lost = opened.filter(({ item }) => item === null).map(({ row }) => row);
    const whole = opened.filter(({ item }) => item !== null);
    const refused = new Map(lost.map(({ id }) => [id, "unreadable"]));
    if (whole.length) await this.#sentWhole(whole.map(({ item }) => item), refused);
    await this.#noted(rows, refused);
    told.refused += refused.size;
    told.sent += rows.length - refused.size;
  }

  // A body that the server does not take as a whole is halved until the one that spoils it is alone.
  async #sentWhole(items, refused) {
    try {
      const answer = await this.send(items);
      for (const { id, code } of answer.refused ?? []) refused.set(id, code);
    } catch (fault) {
      if (fault.why !== "refused") throw fault;
      if (items.length === 1) return void refused.set(items[0].id, fault.code);
      const half = Math.ceil(items.length / 2);
      await this.#sentWhole(items.slice(0, half), refused);
      await this.#sentWhole(items.slice(half), refused);
    }
  }

  // Those that were answered for leave; the refused stay with their reason, unless they were withdrawn meanwhile.
  async #noted(rows, refused) {
    await this.store.write(["queue"], ({ queue }) => {
      for (const row of rows) {
        const place = [this.name, row.id];
        if (!refused.has(row.id)) queue.delete(place);
        else {
          const still = queue.getKey(place);
          still.onsuccess = () => still.result && queue.put({ ...row, state: "refused", code: refused.get(row.id) });
        }
      }
    });
  }

  #later({ why, seconds }) {
    if (why === "stranger" || !globalThis.document) return;
    clearTimeout(this.timer);
    const wait = seconds ? seconds * 1000 * (1 + Math.random() / 4) : waitAfter(this.failures++);
    this.timer = setTimeout(() => void this.flush(), wait);
  }

  #rows(state, most) {
    return this.store.read("queue", (queue) => queue.index("byState").getAll(range(this.name, state), most));
  }

  #told() {
    this.channel?.postMessage("changed");
    this.#tell();
  }

  #tell() {
    for (const listener of this.listeners) listener(this);
  }

  // Sends now, whenever the network or the page comes back, and in the background where the browser can.
  start() {
    const again = () => {
      this.failures = 0;
      void this.flush();
    };
    addEventListener("online", again);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
    again();
  }

  // Asks the browser to wake the worker when there is a network again, though no page is open.
  async askForBackground() {
    try {
      const worker = await navigator.serviceWorker?.ready;
      await worker?.sync?.register(`vx-queue-${this.name}`);
    } catch {
      // it is sent when a page is opened again
    }
  }
}
