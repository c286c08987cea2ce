// How what waits is sent: as JSON to our own site, with the cookie that no script reads.
import { learn } from "../clock.js";
import { NotSent } from "./queue.js";

const PATIENCE_MS = 30_000;

async function fetched(address, body) {
  try {
    return await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout?.(PATIENCE_MS),
    });
  } catch {
    throw new NotSent("offline");
  }
}

// Seconds that the server asks to wait; 0 where it does not say.
function secondsIn(answer) {
  const said = answer.headers.get("Retry-After") ?? "";
  return /^\d{1,6}$/.test(said) ? Number(said) : 0;
}

async function codeIn(answer) {
  return answer
    .json()
    .then(({ code }) => String(code ?? ""))
    .catch(() => "");
}

function isTheServers(answer) {
  return (answer.headers.get("Content-Type") ?? "").includes("json");
}

// Posts JSON and gives the answer read, null where it is empty. Raises NotSent: the page of a captive portal is no answer of ours.
export async function post(address, body) {
  const at = Date.now();
  const answer = await fetched(address, body);
  if (answer.status === 204) return null;
  if (!isTheServers(answer)) throw new NotSent("later", { seconds: secondsIn(answer) });
  learn(answer, at);
  if (answer.ok) return answer.json();
  if (answer.status === 401) throw new NotSent("stranger");
  if (answer.status === 408 || answer.status === 429 || answer.status >= 500) {
    throw new NotSent("later", { seconds: secondsIn(answer) });
  }
  throw new NotSent("refused", { code: await codeIn(answer) });
}

// The `send` of a queue: items under `field`, each as `shape` makes it.
export function sender(address, field, shape = (item) => item) {
  return (items) => post(address, { [field]: items.map(shape) });
}
