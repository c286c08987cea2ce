// The shell: built files are kept (their names carry a digest), and so are a few pages that are the same for
// everybody, so that scanning works without a network. All other pages come from the network and are never stored:
// they may be personal; when there is none, the offline page answers. What waits on the phone is sent in the
// background where the browser can.
import { DECLARATIONS, declarationsOf } from "./declaring/keeping.js";
import { queuesOf, REMOVALS, VISITS } from "./diary/visits.js";
import { Store } from "./diary/store.js";

const FOLDER = "/static/vx/";
const OFFLINE = "/ngoai-tuyen/";
const FORMS = ["general", "domestic", "entry", "daily"];
const DECLARING = ["/khai/", ...FORMS.flatMap((code) => [`/khai/${code}/`, `/khai/${code}/mau.json`])];
const PAGES = ["/quet/", "/quet/nhat-ky/", "/truc/", "/huong-dan-vao/", ...DECLARING];
const MARK = "vx-";
const CACHE = `${MARK}${SHELL_FILES.join("|")}`;
const SHELL = SHELL_FILES.map((name) => FOLDER + name);
const FORMER = 1; // caches of earlier builds that open pages may still need a file of
const PATIENCE_MS = 300; // a page of the shell that takes longer comes from what is kept
const SYNC = /^vx-queue-(.+)$/;

async function keepPage(cache, path) {
  const fresh = await fetch(path, { cache: "no-cache", credentials: "omit" }); // as a stranger sees it; no cookie comes of it
  if (fresh.ok && !fresh.redirected) await cache.put(path, fresh);
  else await fresh.body?.cancel(); // an answer that nobody reads holds its connection, and the install with it
}

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...SHELL, OFFLINE]);
  await Promise.allSettled(PAGES.map((path) => keepPage(cache, path)));
  await self.skipWaiting();
}

async function activate() {
  const names = (await caches.keys()).filter((name) => name.startsWith(MARK) && name !== CACHE);
  const old = names.slice(0, Math.max(0, names.length - FORMER));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function built(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await (await caches.open(CACHE)).put(request, fresh.clone());
  return fresh;
}

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
}

// A page of the shell: fresh where the network is quick, else as it was last kept; the fresh one is kept either way.
function shellPage(event, path) {
  const fresh = fetch(event.request).then(async (answer) => {
    if (answer.ok && !answer.redirected) await (await caches.open(CACHE)).put(path, answer.clone());
    return answer;
  });
  event.waitUntil(fresh.catch(() => {}));
  const late = new Promise((resolve) => void setTimeout(resolve, PATIENCE_MS));
  const kept = async () => (await caches.match(path, { ignoreVary: true })) ?? fresh;
  return Promise.race([fresh, late.then(kept)]).catch(async () => (await kept().catch(() => null)) ?? page(event.request));
}

async function sendInBackground(name) {
  const store = new Store();
  const queue = name === DECLARATIONS ? declarationsOf(store) : queuesOf(store)[name];
  const told = await queue?.flush();
  if (["offline", "later"].includes(told?.problem)) throw new Error(told.problem); // the browser tries again
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith(FOLDER)) event.respondWith(built(event.request));
  else if (event.request.mode !== "navigate" && !url.pathname.endsWith("/mau.json")) return;
  else if (PAGES.includes(url.pathname)) event.respondWith(shellPage(event, url.pathname));
  else event.respondWith(page(event.request));
});
self.addEventListener("sync", (event) => {
  const [, name] = SYNC.exec(event.tag) ?? [];
  if ([VISITS, REMOVALS, DECLARATIONS].includes(name)) event.waitUntil(sendInBackground(name));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/quet/"));
});
