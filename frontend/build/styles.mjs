// Style sheets: our own partial files bundled, Bootstrap purged to what templates use, dark doubled.
import { transform, build } from "esbuild";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import { filesUnder, read } from "./sources.mjs";

const DARK = /\[data-bs-theme=["']?dark["']?\]/;
const TARGET = ["chrome109", "firefox102", "safari15.4"];

/** Bootstrap, only the rules whose classes stand in templates, tags or scripts. */
export async function purgedBootstrap(path, sourceFolders) {
  const content = sourceFolders.flatMap((folder) =>
    [".html", ".py", ".js"].flatMap((end) => filesUnder(folder, end)),
  );
  const [result] = await new PurgeCSS().purge({
    content,
    css: [{ raw: read(path) }],
    variables: true,
    safelist: { standard: ["html", "body", "is-invalid"] },
  });
  return result.css;
}

/** Bundle one of our entry files with its imports. */
export async function bundled(entry) {
  const result = await build({ entryPoints: [entry], bundle: true, write: false, external: ["*.woff2"] });
  return result.outputFiles[0].text;
}

/**
 * Dark rules are written once, for `data-bs-theme=dark`. Here they move into `@media screen`, so that
 * paper is always light, and are doubled for `auto` where the machine prefers dark.
 */
export function withDark(css) {
  const root = postcss.parse(css);
  const dark = [];
  root.walkRules((rule) => void (DARK.test(rule.selector) && dark.push(rule)));
  for (const rule of dark) {
    const automatic = rule.clone({ selector: rule.selector.replaceAll(new RegExp(DARK, "g"), "[data-bs-theme=auto]") });
    const screen = postcss.atRule({ name: "media", params: "screen" });
    const preferred = postcss.atRule({ name: "media", params: "screen and (prefers-color-scheme: dark)" });
    screen.append(rule.clone());
    rule.replaceWith(screen, preferred);
    preferred.append(automatic);
  }
  return root.toString();
}

export async function minified(css) {
  const { code } = await transform(css, { loader: "css", minify: true, target: TARGET, legalComments: "none" });
  return code;
}
