// Builds everything the browser gets, and the document fonts. Run by tools/build_frontend.py.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Output } from "./build/files.mjs";
import { copyDocumentFonts, fontFaces } from "./build/fonts.mjs";
import { iconsOfPhones, iconsUsed, sprite } from "./build/icons.mjs";
import { script } from "./build/scripts.mjs";
import { bundled, minified, purgedBootstrap, withDark } from "./build/styles.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = join(HERE, "..");
const MODULES = join(HERE, "node_modules");
const PACKAGE = join(ROOT, "vungxanh");
const CONSOLE_WEIGHTS = [400, 500, 600];
const PHONE_WEIGHTS = [400, 600];

// What works without a network: the pages that scan, the page that says that there is no network.
const SHELL = [
  ...["console.css", "phone.css", "scan.css", "keep.css", "declare.css"],
  ...["console.js", "phone.js", "scan.js", "keep.js", "declare.js", "scan-worker.js", "ed25519.js", "hpke.js"],
  ...["icons.svg", "phone-icons.svg", "brand.svg", "app.webmanifest"],
  ...[400, 600].flatMap((weight) => ["vietnamese", "latin"].map((part) => `be-vietnam-pro-${part}-${weight}.woff2`)),
  ...["figures-400.woff2", "figures-600.woff2"],
];

const output = new Output(join(PACKAGE, "core/static/vx"));

async function styles() {
  const consoleFaces = await fontFaces(MODULES, output, CONSOLE_WEIGHTS);
  const phoneFaces = await fontFaces(MODULES, output, PHONE_WEIGHTS);
  const kit = await purgedBootstrap(join(MODULES, "bootstrap/dist/css/bootstrap.css"), [
    PACKAGE,
    join(HERE, "scripts"),
  ]);
  const own = await bundled(join(HERE, "styles/console.css"));
  output.emit("console.css", await minified([consoleFaces, withDark(kit), withDark(own)].join("\n")));
  const phone = await bundled(join(HERE, "styles/phone.css"));
  output.emit("phone.css", await minified([phoneFaces, withDark(phone)].join("\n")));
  for (const name of ["declare", "keep", "scan"]) {
    const sheet = await bundled(join(HERE, `styles/${name}.css`));
    output.emit(`${name}.css`, await minified([phoneFaces, withDark(sheet)].join("\n")));
  }
}

function pictures() {
  const folder = join(MODULES, "@tabler/icons/icons/outline");
  const onPhones = iconsOfPhones(PACKAGE);
  const others = iconsUsed(PACKAGE).filter((name) => !onPhones.includes(name));
  output.emit("icons.svg", sprite(others, folder));
  output.emit("phone-icons.svg", sprite(onPhones, folder));
  output.emit("phone-icons.json", JSON.stringify(onPhones) + "\n");
  output.emit("brand.svg", readFileSync(join(HERE, "images/brand.svg")));
  for (const side of [192, 512]) {
    output.emit(`icon-${side}.png`, readFileSync(join(MODULES, `.vungxanh-icons/icon-${side}.png`)));
  }
}

async function scripts() {
  output.emit("console.js", await script(join(HERE, "scripts/console.js")));
  output.emit("passkeys.js", await script(join(HERE, "scripts/passkeys.js")));
  output.emit("phone.js", await script(join(HERE, "scripts/phone.js")));
  output.emit("keep.js", await script(join(HERE, "scripts/keep.js")));
  output.emit("hpke.js", await script(join(HERE, "scripts/keeper/hpke.js"), { format: "esm" }));
  output.emit("declare.js", await script(join(HERE, "scripts/declare.js")));
  output.emit("scan.js", await script(join(HERE, "scripts/scan.js")));
  output.emit("scan-worker.js", await script(join(HERE, "scripts/scanner/worker.js")));
  output.emit("ed25519.js", await script(join(MODULES, "@noble/ed25519/index.js"), { format: "esm" }));
}

function webManifest() {
  const text = readFileSync(join(HERE, "images/app.webmanifest"), "utf8");
  const pictures = /brand\.svg|icon-\d+\.png/g;
  output.emit("app.webmanifest", text.replace(pictures, (name) => output.names[name]));
}

async function serviceWorker() {
  const shell = SHELL.map((name) => output.names[name]);
  const define = { SHELL_FILES: JSON.stringify(shell) };
  output.emitPlain("sw.js", await script(join(HERE, "scripts/sw.js"), { define }));
}

await styles();
pictures();
await scripts();
webManifest();
await serviceWorker();
copyDocumentFonts(MODULES, join(PACKAGE, "documents/fonts"));
output.finish();
