// The shell: built files are kept (their names carry a digest), pages come from the network, and when
// there is none the offline page answers. Pages are never stored: they may be personal.
const FOLDER = "/static/vx/";
const OFFLINE = "/ngoai-tuyen/";
const CACHE = `vx-${SHELL_FILES.join("|")}`;
const SHELL = SHELL_FILES.map((name) => FOLDER + name);

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...SHELL, OFFLINE]);
  await self.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("vx-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function built(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await cache.put(request, fresh.clone());
  return fresh;
}

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    const cache = await caches.open(CACHE);
    return (await cache.match(OFFLINE)) ?? Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith(FOLDER)) event.respondWith(built(event.request));
  else if (event.request.mode === "navigate") event.respondWith(page(event.request));
});
