// What a phone keeps of its visits. Each row is sealed (AES-GCM 256) under a key that no script can read out
// (`extractable: false`); its identifier, table, state and time stay readable, so that rows are found without opening
// all. A browser that keeps nothing (private windows, storage forbidden) is told by `isLasting`, and rows then live
// as long as the page.
import { asked, Database } from "./database.js";

const VERSION = 1;
const KEY = "diary";
const encoder = new TextEncoder();
const decoder = new TextDecoder();

function upgrade(database, from) {
  if (from < 1) {
    database.createObjectStore("keys");
    database.createObjectStore("facts");
    database.createObjectStore("visits", { keyPath: "id" });
    const queue = database.createObjectStore("queue", { keyPath: ["name", "id"] });
    queue.createIndex("byState", ["name", "state", "id"]);
  }
}

function newKey() {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export class Store {
  constructor(name = "vx-diary") {
    this.database = new Database(name, VERSION, upgrade);
    this.key = null;
  }

  // The key is made by whichever tab comes first; the others find it.
  #readKey() {
    this.key ??= this.#foundKey().catch((fault) => {
      this.key = null;
      throw fault;
    });
    return this.key;
  }

  async #foundKey() {
    const found = await this.database.read("keys", (keys) => keys.get(KEY));
    if (found) return found;
    const made = await newKey();
    await this.database.write(["keys"], ({ keys }) => {
      const request = keys.get(KEY);
      request.onsuccess = () => request.result ?? keys.put(made, KEY);
    });
    return this.database.read("keys", (keys) => keys.get(KEY));
  }

  // A row ready to be put: what is readable of it, and `value` sealed, bound to what is readable but for its state.
  async sealed(readable, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: "AES-GCM", iv, additionalData: encoder.encode(readable.id) };
    const box = await crypto.subtle.encrypt(how, await this.#readKey(), encoder.encode(JSON.stringify(value)));
    return { ...readable, iv, box };
  }

  // The value of a row; null where it cannot be opened: its key is gone.
  async opened({ id, iv, box }) {
    try {
      const how = { name: "AES-GCM", iv, additionalData: encoder.encode(id) };
      return JSON.parse(decoder.decode(await crypto.subtle.decrypt(how, await this.#readKey(), box)));
    } catch (fault) {
      if (fault.name === "OperationError") return null;
      throw fault;
    }
  }

  async fact(name) {
    return this.database.read("facts", (facts) => facts.get(name));
  }

  async noteFact(name, value) {
    await this.database.write(["facts"], ({ facts }) => void facts.put(value, name));
  }

  write(names, work) {
    return this.database.write(names, work);
  }

  read(table, work) {
    return this.database.read(table, work);
  }
}

// Asks the browser not to clear what waits when it runs out of room; true where it promises.
export async function keepForGood() {
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}

// Whether rows outlive this page: "lasting", "passing" (private window, storage forbidden), "full".
export async function lasting(store) {
  try {
    await store.sealed({ id: "trial" }, "trial");
    await store.noteFact("opened", Date.now());
    return "lasting";
  } catch (fault) {
    return fault?.name === "QuotaExceededError" ? "full" : "passing";
  }
}

export { asked };
