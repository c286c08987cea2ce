// Text: Be Vietnam Pro, two subsets per weight. Figures: the digits of Inter, because Be Vietnam Pro
// has no tabular ones (its 1 is 385 units wide, its 4 is 710).
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import subsetFont from "subset-font";

const DIGITS = "%+,-./0123456789:\u2212";
const SUBSETS = {
  vietnamese:
    "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301," +
    "U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
  latin: "U+0000-00FF,U+2000-206F,U+2122,U+2191,U+2193,U+2212",
};
const TINOS = ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"];
const POSTERS = ["400Regular", "600SemiBold"];

function face(family, weight, file, range) {
  return (
    `@font-face{font-family:"${family}";font-weight:${weight};font-display:swap;` +
    `src:url(${file}) format("woff2");unicode-range:${range}}`
  );
}

async function figures(modules, output, weight) {
  const whole = readFileSync(
    join(modules, `@fontsource/inter/files/inter-latin-${weight}-normal.woff2`),
  );
  const digits = await subsetFont(whole, DIGITS, { targetFormat: "woff2" });
  const file = output.emit(`figures-${weight}.woff2`, digits);
  return face("VX Figures", weight, file, "U+0025,U+002B-003A,U+2212");
}

/** Emit the woff2 files of `weights`; returns the @font-face rules that name them. */
export async function fontFaces(modules, output, weights) {
  const text = weights.flatMap((weight) =>
    Object.entries(SUBSETS).map(([subset, range]) => {
      const name = `be-vietnam-pro-${subset}-${weight}`;
      const source = join(modules, `@fontsource/be-vietnam-pro/files/${name}-normal.woff2`);
      return face("Be Vietnam Pro", weight, output.emit(`${name}.woff2`, readFileSync(source)), range);
    }),
  );
  const digits = await Promise.all([400, 600].map((weight) => figures(modules, output, weight)));
  return [...text, ...digits].join("\n");
}

/** Documents are set in Tinos, the metric twin of the face that Decree 30 asks for; posters in ours. */
export function copyDocumentFonts(modules, folder) {
  copyFamily(join(modules, "@expo-google-fonts/tinos"), "Tinos", TINOS, folder);
  const posters = join(folder, "posters");
  copyFamily(join(modules, "@expo-google-fonts/be-vietnam-pro"), "BeVietnamPro", POSTERS, posters);
}

function copyFamily(home, family, styles, folder) {
  mkdirSync(folder, { recursive: true });
  for (const style of styles) {
    const file = join(home, style, `${family}_${style}.ttf`);
    copyFileSync(file, join(folder, basename(file)));
  }
  copyFileSync(join(home, "LICENSE_FONT"), join(folder, "LICENSE_FONT"));
}
