// One sprite of the icons that templates and Python name, from Tabler's outline set.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { filesUnder, read } from "./sources.mjs";

const NAMED = [
  /\{%\s*icon\s+"([a-z0-9-]+)"/g, // {% icon "search" %}
  /\bicon="([a-z0-9-]+)"/g, // icon="search" in includes and in Python
  /\bicon:\s*str\s*=\s*"([a-z0-9-]+)"/g, // a field's default
  /\bshape="([a-z0-9-]+)"/g, // {% status … shape="bell" %}
  /"(?:ok|warn|bad|info|none)":\s*"([a-z0-9]+-[a-z0-9-]+)"/g, // the shapes of the tones
];

export function iconsUsed(folder) {
  const texts = [".html", ".py"].flatMap((end) => filesUnder(folder, end)).map(read);
  const found = texts.flatMap((text) =>
    NAMED.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1])),
  );
  return [...new Set(found)].sort();
}

export function sprite(names, iconFolder) {
  const unknown = names.filter((name) => !existsSync(join(iconFolder, `${name}.svg`)));
  if (unknown.length) throw new Error(`no such icon: ${unknown.join(", ")}`);
  const symbols = names.map((name) => {
    const body = read(join(iconFolder, `${name}.svg`))
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/^[\s\S]*?<svg[^>]*>/, "")
      .replace("</svg>", "")
      .replace(/\s+/g, " ")
      .trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
}
