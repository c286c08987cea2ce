// Identifiers of visits, made where the visit is made: UUID version 7 (RFC 9562), the time in its first 48 bits.
const HEX = [...Array(256).keys()].map((byte) => byte.toString(16).padStart(2, "0"));

// `at` in milliseconds since 1970, by the corrected clock.
export function newId(at) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let place = 5, rest = Math.floor(at); place >= 0; place--, rest = Math.floor(rest / 256)) bytes[place] = rest % 256;
  bytes[6] = 0x70 | (bytes[6] & 15);
  bytes[8] = 0x80 | (bytes[8] & 63);
  const text = Array.from(bytes, (byte) => HEX[byte]).join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}

// The milliseconds since 1970 that an identifier carries.
export function timeOf(id) {
  return parseInt(id.replaceAll("-", "").slice(0, 12), 16);
}
