// IndexedDB with promises: one database of named tables, opened once.
export function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Resolves when a transaction is on the disk.
export function written(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new DOMException("", "AbortError"));
  });
}

// `upgrade(database, from)` makes the tables. A newer page in another tab may upgrade at any time: this one lets go
// of the database then, and opens it again when it next needs it.
export class Database {
  constructor(name, version, upgrade) {
    this.name = name;
    this.version = version;
    this.upgrade = upgrade;
    this.opening = null;
  }

  open() {
    this.opening ??= this.#opened().catch((fault) => {
      this.opening = null;
      throw fault;
    });
    return this.opening;
  }

  async #opened() {
    const request = indexedDB.open(this.name, this.version);
    request.onupgradeneeded = (event) => this.upgrade(request.result, event.oldVersion);
    const database = await asked(request).catch((fault) => this.#whatThereIs(fault));
    database.onversionchange = () => this.close(database);
    database.onclose = () => void (this.opening = null);
    return database;
  }

  // A newer page has upgraded already: its tables hold ours, for tables are only ever added.
  #whatThereIs(fault) {
    if (fault.name !== "VersionError") throw fault;
    return asked(indexedDB.open(this.name));
  }

  close(database) {
    database.close();
    this.opening = null;
  }

  async read(table, work) {
    const database = await this.open();
    return asked(work(database.transaction(table, "readonly").objectStore(table)));
  }

  // `work(tables)` puts and deletes at once, in one transaction: all of it is on the disk in the end, or none.
  async write(names, work) {
    const database = await this.open();
    const transaction = database.transaction(names, "readwrite", { durability: "strict" });
    const done = written(transaction);
    const tables = Object.fromEntries([...names].map((name) => [name, transaction.objectStore(name)]));
    try {
      work(tables);
    } catch (fault) {
      done.catch(() => {});
      transaction.abort();
      throw fault;
    }
    await done;
  }
}
