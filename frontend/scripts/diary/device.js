// This browser as a device: what its holder was told and agreed to, and its registration, made when there first is a
// network. Its token lies in a cookie that no script reads.
import { NotSent } from "./queue.js";
import { post } from "./senders.js";

const HERE = "/api/v1/devices/here";
const AGREED = "agreed";
const REGISTERED = "registered";
const YOUNG_MS = 2 * 60_000;

// Whether its holder pressed the button under the three lines.
export async function hasAgreed(store) {
  return Boolean(await store.fact(AGREED));
}

export async function agree(store) {
  await store.noteFact(AGREED, Date.now());
}

async function register(store) {
  await post(HERE, { language: globalThis.document?.documentElement.lang ?? "vi" });
  await store.noteFact(REGISTERED, Date.now());
}

// Whether a registration is so young that its cookie may not have reached the disk when the browser was killed.
function isYoung(registeredAt) {
  return Date.now() - registeredAt < YOUNG_MS;
}

// `send` for a device that may not be registered yet. One that was, and no longer is known (removed, given on, silent
// for too long), asks its holder again instead of becoming somebody new by itself.
export function asDevice(store, send) {
  return async (items) => {
    const registeredAt = await store.fact(REGISTERED);
    if (!registeredAt) {
      if (!(await hasAgreed(store))) throw new NotSent("stranger");
      await register(store);
    }
    try {
      return await send(items);
    } catch (fault) {
      if (fault.why !== "stranger") throw fault;
      if (registeredAt && isYoung(registeredAt)) {
        await register(store);
        return send(items);
      }
      await store.noteFact(REGISTERED, 0);
      await store.noteFact(AGREED, 0);
      throw fault;
    }
  };
}
