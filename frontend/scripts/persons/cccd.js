// The QR on citizen's identity cards with a chip, the twin of protocol/personal/cccd.py. Not signed.
import { fieldsIn, isName, isPossible } from "./fields.js";

const LIMITS = { longest: 600, least: 7, most: 12 };
const LONGEST_ADDRESS = 250;
const DAY = /^([0-9]{2})([0-9]{2})([0-9]{4})$/;

function isDay(text) {
  const found = DAY.exec(text);
  return found !== null && isPossible(Number(found[3]), Number(found[2]), Number(found[1]));
}

// Who has only a year of birth is written with that year, or 0000 before it.
function yearOf(text) {
  const year = Number(text.slice(-4));
  if (/^(?:0000)?[0-9]{4}$/.test(text)) return isPossible(year, null, null) ? year : null;
  return isDay(text) ? year : null;
}

// Name and year of birth; null where the text is no such card.
export function readCard(text) {
  const fields = fieldsIn(text, LIMITS);
  if (!fields) return null;
  const [number, old, name, day, sex, address, issued] = fields;
  const year = yearOf(day);
  const length = [...address].length;
  const isWhole =
    /^[0-9]{12}$/.test(number) &&
    /^(?:[0-9]{9}|[0-9]{12})?$/.test(old) &&
    isName(name) &&
    ["nam", "nữ"].includes(sex.toLowerCase()) &&
    length > 0 &&
    length <= LONGEST_ADDRESS;
  return isWhole && year !== null && isDay(issued) ? { name, year } : null;
}
