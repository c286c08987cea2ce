// Which sign is shown for somebody at the door. The server's answer where there is one; without a network only what
// the code itself proves: its signature and its time.
const STOPPING = new Set(["orange", "red"]);
const BY_SERVER = { in: "in", not_yet: "not_yet", unknown: "unknown" };

// The sign of one of our codes that was judged here alone.
function ofOwn({ own, verified, when }) {
  if (verified === false) return "forged";
  if (when === "late") return own.kind === "card" ? "over" : "late";
  if (when === "early") return "early";
  if (verified === null) return "no_key";
  return own.kind === "one_time" ? "once" : "genuine";
}

// The same with the colour that the server signed beside it: `day` is today where this door needs a declaration, else "".
function withCard(here, { card }, day) {
  if (!card || !["genuine", "once"].includes(here)) return here;
  if (STOPPING.has(card.colour)) return "not_yet";
  if (day && card.declaredOn !== day) return "not_declared";
  return here === "once" ? here : `card_${card.colour}`;
}

// `read`: {own?, verified?, when?, card?}; `told`: the server's answer, or null where it did not answer.
export function signOf(read, told, direction = "in", day = "") {
  const here = read.own ? ofOwn(read) : "printed";
  if (here === "forged") return "forged";
  if (direction === "out") return "out";
  if (!told) return withCard(here, read, day);
  const oddness = told.oddness ?? [];
  if (told.sign === "not_yet") return "not_yet";
  if (oddness.includes("code_again")) return "again";
  if (oddness.includes("code_old")) return "late";
  return BY_SERVER[told.sign] ?? "unknown";
}

// How a sign sounds and looks: ok, warn or bad.
const TONES = { in: "ok", genuine: "ok", out: "ok", card_green: "ok", not_yet: "bad", not_declared: "bad", forged: "bad" };
export const toneOf = (sign) => TONES[sign] ?? "warn";

// Whoever is not let in yet may be declared for, or passed over.
export const isNotYet = (sign) => sign === "not_yet" || sign === "not_declared";

// Nobody is let in upon a forged code: there is nobody to write down.
export const mayEnter = (sign) => sign !== "forged";
