// A point's page, opened by a camera: what stands behind "#" is sent in the body of a POST, never in an address.
export function startDoor() {
  const form = document.querySelector("[data-vx-door]");
  const payload = location.hash.slice(1);
  if (!form || !payload) return;
  const place = document.querySelector("[data-vx-verdict]");
  const tell = (words) => place.replaceChildren(Object.assign(document.createElement("p"), { className: "vx-card", textContent: words }));
  tell(form.dataset.vxWaiting);
  const coming = document.querySelector("[data-vx-come]");
  form.elements.ma.value = payload;
  if (coming) coming.elements.ma.value = payload;
  fetch(form.action, { method: "POST", body: new FormData(form) })
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
    .then((words) => {
      place.innerHTML = words;
      if (coming) coming.hidden = place.querySelector("[data-vx-stop]") !== null;
    })
    .catch(() => tell(form.dataset.vxFailed));
}
