// Two sprites of the icons that templates and Python name, from Tabler's outline set: those that phone
// pages show, small for a slow network, and the others. Every icon lies in one of them.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { filesUnder, read } from "./sources.mjs";

const PHONE_PAGE = "core/phone.html";
const RELATED = /\{%\s*(?:extends|include)\s+"([^"]+)"/g;
const FRAME = 'path stroke="none" d="M0 0h24v24H0z" fill="none"';

const NAMED = [
  /\{%\s*icon\s+"([a-z0-9-]+)"/g, // {% icon "search" %}
  /\bicon="([a-z0-9-]+)"/g, // icon="search" in includes and in Python
  /\bicon:\s*str\s*=\s*"([a-z0-9-]+)"/g, // a field's default
  /\bshape="([a-z0-9-]+)"/g, // {% status … shape="bell" %}
  /"(?:ok|warn|bad|info|none)":\s*"([a-z0-9]+-[a-z0-9-]+)"/g, // the shapes of the tones
];

export function iconsUsed(folder) {
  return namedIn([".html", ".py"].flatMap((end) => filesUnder(folder, end)).map(read));
}

/** Icons of templates that stand on the base of phone pages, with what those include. */
export function iconsOfPhones(folder) {
  const templates = new Map(
    filesUnder(folder, ".html").map((path) => [path.split("/templates/").pop(), read(path)]),
  );
  const related = (name) => [...(templates.get(name) ?? "").matchAll(RELATED)].map((match) => match[1]);
  const stands = (name) => name === PHONE_PAGE || (name !== undefined && stands(related(name)[0]));
  const shown = new Set([...templates.keys()].filter(stands));
  for (const name of shown) related(name).forEach((other) => shown.add(other));
  return namedIn([...shown].map((name) => templates.get(name) ?? ""));
}

function namedIn(texts) {
  const found = texts.flatMap((text) =>
    NAMED.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1])),
  );
  return [...new Set(found)].sort();
}

/** Paths of one icon in one: each begins with an absolute M. */
function joined(body) {
  const drawn = body.replace(/<(path [^>]*?)\s*\/>/g, (whole, inner) => (inner === FRAME ? "" : whole));
  const lines = [...drawn.matchAll(/<path d="([^"]*)"\s*\/>/g)].map((match) => match[1]);
  const rest = drawn.replace(/<path d="[^"]*"\s*\/>/g, "").trim();
  return `<path d="${lines.join(" ")}"/>${rest}`;
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
    return `<symbol id="${name}" viewBox="0 0 24 24">${joined(body)}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
}
