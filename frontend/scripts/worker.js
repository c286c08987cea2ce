// Registers the service worker: the shell and a page for being offline. Nothing waits for it.
export function startWorker() {
  const address = document.documentElement.dataset.vxWorker;
  if (!address || !("serviceWorker" in navigator) || !window.isSecureContext) return;
  window.addEventListener("load", () => void navigator.serviceWorker.register(address).catch(() => {}));
}
