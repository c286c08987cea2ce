// Writes built files under names that carry a digest of their content, and remembers which is which.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, parse } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

// Text is kept packed beside itself, as WhiteNoise serves it; fonts and pictures are packed already.
const TEXT = new Set([".css", ".js", ".json", ".svg", ".webmanifest"]);
const PACKED = { ".gz": (content) => gzipSync(content, { level: 9 }), ".br": brotliCompressSync };

export class Output {
  constructor(folder) {
    this.folder = folder;
    this.names = {};
    mkdirSync(folder, { recursive: true });
  }

  /** Write `content` as `name-DIGEST.ext`; returns the hashed name. */
  emit(name, content) {
    const { name: stem, ext } = parse(name);
    const digest = createHash("sha256").update(content).digest("hex").slice(0, 10);
    const hashed = `${stem}-${digest}${ext}`;
    writeFileSync(join(this.folder, hashed), content);
    if (TEXT.has(ext)) this.#packed(hashed, Buffer.from(content));
    this.names[name] = hashed;
    return hashed;
  }

  #packed(hashed, content) {
    for (const [ending, pack] of Object.entries(PACKED)) writeFileSync(join(this.folder, hashed + ending), pack(content));
  }

  /** Write a file whose name must not change (the service worker). */
  emitPlain(name, content) {
    writeFileSync(join(this.folder, name), content);
    this.names[name] = name;
  }

  /** Write the manifest last, then drop what an earlier build left. */
  finish() {
    const kept = new Set([...Object.values(this.names), "manifest.json"]);
    const sorted = Object.fromEntries(Object.entries(this.names).sort());
    writeFileSync(join(this.folder, "manifest.json"), JSON.stringify(sorted, null, 1) + "\n");
    for (const file of readdirSync(this.folder)) {
      if (!kept.has(file.replace(/\.(gz|br)$/, ""))) rmSync(join(this.folder, file), { recursive: true });
    }
  }
}
