// Finds the project's templates and Python sources, where classes and icons are named.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SKIPPED = new Set(["node_modules", "__pycache__", "static", "migrations", "fonts"]);

export function filesUnder(folder, extension) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesUnder(path, extension);
    return entry.name.endsWith(extension) ? [path] : [];
  });
}

export function read(path) {
  return readFileSync(path, "utf8");
}
