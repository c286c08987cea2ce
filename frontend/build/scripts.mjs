// Scripts: bundled for the browsers of office PCs and cheap phones; no eval, nothing from elsewhere.
import { build } from "esbuild";

const TARGET = ["chrome109", "firefox102", "safari15.4"];

export async function script(entry, { format = "iife", define = {} } = {}) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: TARGET,
    define,
    legalComments: "none",
  });
  return result.outputFiles[0].text;
}
