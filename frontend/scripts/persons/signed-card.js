// The colour that the server signed beside a code of ours, the twin of vungxanh/protocol/personal/signed_card.py.
import { bytesIn, isOwn, slackOf, TEXT_SIZE as CODE_SIZE, validityOf } from "./own.js";

const PREFIX = "VX1C.";
const SIZE = 76;
const HEAD = 12;
const ABOUT = new TextEncoder().encode("vungxanh.card 1");
const COLOURS = [null, "green", "yellow", "orange", "red"];
const DAY_MS = 86_400_000;

// [the code, what follows it]: the second is empty where a code stands alone.
export function partsOf(text) {
  const written = text.trim();
  const said = written.slice(CODE_SIZE);
  return isOwn(written) && said.startsWith(PREFIX) ? [written.slice(0, CODE_SIZE), said] : [written, ""];
}

// What it says of the bearer of `own` (a read code): {colour, declaredOn, until, keyId, signed, signature}, or
// {fault: "not_ours" | "newer"}.
export function readSignedCard(said, own) {
  const bytes = bytesIn(said, PREFIX, SIZE);
  if (!bytes) return { fault: "not_ours" };
  if (bytes[0] !== 1) return { fault: "newer" };
  const view = new DataView(bytes.buffer);
  const colour = COLOURS[bytes[1]];
  const until = view.getUint32(4);
  if (!colour || own.kind === "card" || until <= own.from || until > own.until) return { fault: "not_ours" };
  const head = bytes.subarray(0, HEAD);
  return {
    colour,
    declaredOn: new Date(view.getUint16(2) * DAY_MS).toISOString().slice(0, 10),
    until,
    keyId: [...bytes.subarray(8, HEAD)].map((one) => one.toString(16).padStart(2, "0")).join(""),
    signed: new Uint8Array([...ABOUT, ...own.handle, ...head]),
    signature: bytes.subarray(HEAD),
  };
}

// Whether both are in time at a second; their signatures are another question.
export const isInTime = (card, own, second) => validityOf(own, second) === "valid" && second < card.until + slackOf(own);
