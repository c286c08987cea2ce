// The nine characters of a point; what they are stands in vungxanh/protocol/places/short_codes.py.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LONGEST = 40;
const NEEDLESS = /[-\u2010-\u2014\u2212 \u00a0\t]/g;

function checkOf(values) {
  return values.reduceRight((found, value) => {
    const next = (found ^ value) << 1;
    return next & 32 ? next ^ 0b100101 : next;
  }, 0);
}

// The nine characters of five bytes.
export function written(bytes) {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const values = bits.match(/.{5}/g).map((five) => parseInt(five, 2));
  return [...values, checkOf(values)].map((value) => ALPHABET[value]).join("");
}

// A code in groups, as posters show it.
export function shown(code) {
  return code.match(/.{1,4}/g).join("-");
}

// What somebody typed; null where it is no code: a character is missing, wrong, or two changed places.
export function readTyped(typed) {
  if (typed.length > LONGEST) return null;
  const code = typed.toUpperCase().replace(NEEDLESS, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  const values = [...code].map((letter) => ALPHABET.indexOf(letter));
  if (values.length !== 9 || values.includes(-1) || checkOf(values.slice(0, -1)) !== values[8]) return null;
  return { code, shown: shown(code) };
}
