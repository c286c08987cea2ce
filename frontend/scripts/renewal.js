// The holder's own code on the first page: a picture that is good for a minute, fetched anew while it is looked at.
const GOOD_MS = 60_000;

export function startRenewal() {
  let picture = document.querySelector("img[data-vx-renew]");
  if (!picture) return;
  const address = picture.src;
  let fetchedAt = Date.now();

  const tell = (isOver) => {
    picture.classList.toggle("vx-over", isOver);
    document.querySelector("[data-vx-good]").hidden = isOver;
    document.querySelector("[data-vx-over]").hidden = !isOver;
  };
  const renew = () => {
    if (document.hidden) return;
    const fresh = picture.cloneNode();
    fresh.onload = () => {
      picture.replaceWith(fresh);
      picture = fresh;
      fetchedAt = Date.now();
      tell(false);
    };
    fresh.onerror = () => tell(Date.now() - fetchedAt > GOOD_MS);
    fresh.src = `${address}?${Date.now()}`;
  };
  setInterval(renew, Number(picture.dataset.vxRenew) * 1000);
  for (const event of ["visibilitychange", "online"]) (event === "online" ? window : document).addEventListener(event, renew);
}
