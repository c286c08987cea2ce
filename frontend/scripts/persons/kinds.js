// Whose code was scanned, told by its shape: ours, the national one, a chip card, an insurance card.
import { readInsurance } from "./bhyt.js";
import { readCard } from "./cccd.js";
import { readNational } from "./decision1405.js";
import { initials } from "./fields.js";
import { isOwn, readOwn } from "./own.js";

const shown = ({ name, year }) => ({ initials: initials(name), year });

// {subject: {kind, value}, initials, year, own?}; {fault} for one of ours that cannot be read; null for no person.
export function personIn(text) {
  const value = text.trim();
  if (isOwn(value)) {
    const own = readOwn(value);
    return own.fault ? own : { subject: { kind: "vungxanh.person", value }, initials: "", year: null, own };
  }
  const card = readCard(value);
  if (card) return { subject: { kind: "vn.cccd", value }, ...shown(card) };
  const national = readNational(value);
  if (national) return { subject: { kind: "vn.person", value }, ...shown(national) };
  const insurance = readInsurance(value);
  // Of an insurance card nothing but the number goes on.
  return insurance && { subject: { kind: "bhyt", value: insurance.number }, initials: "", year: null };
}
