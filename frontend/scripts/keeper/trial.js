// What is known of a scanned code here, before and without the server.
import { personIn } from "../persons/kinds.js";
import { validityOf } from "../persons/own.js";
import { isInTime } from "../persons/signed-card.js";
import { verify } from "../places/ed25519.js";

async function isSigned(ring, { keyId, signature, signed }) {
  const key = ring.get(keyId);
  return key ? await verify(key, signature, signed) : null;
}

// The colour to believe without the server: {colour, declaredOn, signedAt}; null where a signature or the time does not
// hold, whichever of the two.
async function believed({ own, card }, verified, ring, second) {
  if (!card || verified !== true || !isInTime(card, own, second)) return null;
  if ((await isSigned(ring, card)) !== true) return null;
  return { colour: card.colour, declaredOn: card.declaredOn, signedAt: own.from };
}

// {subject, initials, year, own?, verified?, when?, card?} at a second; {fault}; null for what is no person's code.
export async function triedAt(text, ring, second) {
  const read = personIn(text);
  if (!read?.own) return read;
  const verified = await isSigned(ring, read.own);
  const card = await believed(read, verified, ring, second);
  return { ...read, verified, when: validityOf(read.own, second), card };
}
