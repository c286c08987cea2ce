// What a list of visits says: which is open, when it ended or is taken to have ended. Pure.
export const KEPT_MS = 21 * 24 * 3600_000;
export const REMOVABLE_MS = 10 * 60_000;
const OPEN_MS = 18 * 3600_000;
const VIETNAM_MS = 7 * 3600_000;
const DAY_MS = 24 * 3600_000;

// The number of the day in Viet Nam that an instant lies in.
export function dayOf(at) {
  return Math.floor((at + VIETNAM_MS) / DAY_MS);
}

export function startOf(visit) {
  return visit.at ?? visit.outAt;
}

export function byTime(visits) {
  return [...visits].sort((one, other) => startOf(one) - startOf(other) || (one.id < other.id ? -1 : 1));
}

// The visits (oldest first), each with `until` and `how` it is known: "scanned"; "next" (the next place was entered);
// "usual" (the usual stay is over); "open" (still there, as far as the phone knows).
export function told(visits, now) {
  const sorted = byTime(visits);
  return sorted.map((visit, place) => ({ ...visit, ...endOf(visit, sorted[place + 1], now) }));
}

function endOf(visit, next, now) {
  if (visit.outAt !== null) return { until: visit.outAt, how: "scanned" };
  const usual = visit.at + visit.stay * 60_000;
  if (next && startOf(next) <= now && startOf(next) < usual) return { until: startOf(next), how: "next" };
  if (next || now - visit.at > OPEN_MS) return { until: usual, how: "usual" };
  return { until: null, how: "open" };
}

// The visit that somebody may leave now: the latest, unless it is over.
export function openOf(visits, now) {
  const last = told(visits, now).at(-1);
  return last?.how === "open" ? last : null;
}

// Days (newest first) with their visits (newest first); what was long ago has gone.
export function byDay(visits, now) {
  const days = new Map();
  for (const visit of told(visits, now).reverse()) {
    if (now - startOf(visit) > KEPT_MS) continue;
    const day = dayOf(startOf(visit));
    days.set(day, [...(days.get(day) ?? []), visit]);
  }
  return [...days].map(([day, those]) => ({ day, at: day * DAY_MS - VIETNAM_MS, visits: those }));
}
