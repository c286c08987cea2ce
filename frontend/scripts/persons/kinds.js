// Whose code was scanned, told by its shape: ours, the national one, a chip card, an insurance card.
import { readInsurance } from "./bhyt.js";
import { readCard } from "./cccd.js";
import { readNational } from "./decision1405.js";
import { initials } from "./fields.js";
import { isOwn, readOwn } from "./own.js";
import { partsOf, readSignedCard } from "./signed-card.js";

const shown = ({ name, year }) => ({ initials: initials(name), year });

// A code of ours, which goes on alone, and what the card beside it says: null where there is none or it cannot be read.
function ofOurs(text) {
  const [value, said] = partsOf(text);
  const own = readOwn(value);
  if (own.fault) return own;
  const card = said ? readSignedCard(said, own) : null;
  return { subject: { kind: "vungxanh.person", value }, initials: "", year: null, own, card: card?.fault ? null : card };
}

// {subject: {kind, value}, initials, year, own?, card?}; {fault} for one of ours that cannot be read; null for no person.
export function personIn(text) {
  const value = text.trim();
  if (isOwn(value)) return ofOurs(value);
  const card = readCard(value);
  if (card) return { subject: { kind: "vn.cccd", value }, ...shown(card) };
  const national = readNational(value);
  if (national) return { subject: { kind: "vn.person", value }, ...shown(national) };
  const insurance = readInsurance(value);
  // Of an insurance card nothing but the number goes on.
  return insurance && { subject: { kind: "bhyt", value: insurance.number }, initials: "", year: null };
}
