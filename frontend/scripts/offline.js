// Says in words when the network is gone; the bar is a live region that is already on the page.
export function startOffline() {
  const bar = document.querySelector("[data-vx-offline]");
  if (!bar) return;
  const tell = () => void (bar.hidden = navigator.onLine);
  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);
  tell();
}
