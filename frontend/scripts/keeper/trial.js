// What is known of a scanned code here, before and without the server.
import { personIn } from "../persons/kinds.js";
import { validityOf } from "../persons/own.js";
import { verify } from "../places/ed25519.js";

// {subject, initials, year, own?, verified?, when?} at a second; {fault}; null for what is no person's code.
export async function triedAt(text, ring, second) {
  const read = personIn(text);
  if (!read?.own) return read;
  const key = ring.get(read.own.keyId);
  const verified = key ? await verify(key, read.own.signature, read.own.signed) : null;
  return { ...read, verified, when: validityOf(read.own, second) };
}
