// The door of scanned text, the twin of vungxanh/protocol/personal/payloads.py: length, hidden characters,
// links, number of fields. What is read here is never opened, looked up or logged.
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/u;
const NAME = /^[\p{L} '’.-]{2,100}$/u;

export const isHidden = (text) => HIDDEN.test(text);
export const isName = (text) => NAME.test(text);

// The fields, composed and without space around; null where the text is none of this kind.
export function fieldsIn(text, { longest, least, most }) {
  const written = [...text].length <= longest ? text.replace(/^[\r\n\t \ufeff]+|[\r\n\t \ufeff]+$/g, "") : "";
  if (!written || written.includes("://") || isHidden(written)) return null;
  const fields = written.normalize("NFC").split("|").map((one) => one.trim());
  return fields.length >= least && fields.length <= most ? fields : null;
}

// Whether there is such a day, month or year; what is hidden is null.
export function isPossible(year, month, day) {
  if (year < 1900 || year > 2100 || (month === null && day !== null)) return false;
  const [m, d] = [month ?? 1, day ?? 1];
  const made = new Date(Date.UTC(year, m - 1, d));
  return m >= 1 && d >= 1 && made.getUTCMonth() === m - 1 && made.getUTCDate() === d;
}

// The first letters of a name alone: what a keeper's page shows of anybody.
export function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return words.map((word) => `${[...word][0].toUpperCase()}.`).join(" ");
}
