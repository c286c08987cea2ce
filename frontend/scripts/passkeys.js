// Passkeys: a form with data-vx-passkey asks the device before it is sent. "get" shows a passkey,
// "create" makes one; what to ask stands in data-vx-options or behind data-vx-options-at.

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function keys(listed) {
  return listed?.map((key) => ({ ...key, id: bytes(key.id) }));
}

function opened({ publicKey }) {
  const asked = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (publicKey.user) asked.user = { ...publicKey.user, id: bytes(publicKey.user.id) };
  if (publicKey.excludeCredentials) asked.excludeCredentials = keys(publicKey.excludeCredentials);
  if (publicKey.allowCredentials) asked.allowCredentials = keys(publicKey.allowCredentials);
  return { publicKey: asked };
}

function told(credential) {
  const { response } = credential;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) said[part] = text(response[part]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response: said });
}

async function options(form) {
  if (form.dataset.vxOptions) return JSON.parse(form.dataset.vxOptions);
  const answer = await fetch(form.dataset.vxOptionsAt, { headers: { Accept: "application/json" } });
  return JSON.parse((await answer.json()).options);
}

const WORDS = { NotAllowedError: "vxStopped", AbortError: "vxStopped", InvalidStateError: "vxKnown" };

function complain(form, error) {
  const place = form.querySelector("[data-vx-passkey-said]");
  place.textContent = place.dataset[WORDS[error.name] ?? "vxFailed"];
  place.hidden = false;
}

async function ask(form) {
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  form.querySelector("[data-vx-passkey-said]").hidden = true;
  try {
    const asked = opened(await options(form));
    form.elements.answer.value = told(await navigator.credentials[form.dataset.vxPasskey](asked));
    form.submit();
  } catch (error) {
    complain(form, error);
  } finally {
    button.disabled = false;
  }
}

function start() {
  if (!window.PublicKeyCredential) return;
  for (const other of document.querySelectorAll("[data-vx-no-passkeys]")) other.hidden = true;
  for (const form of document.querySelectorAll("form[data-vx-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.elements.name?.value === undefined || form.reportValidity()) void ask(form);
    });
  }
}

start();
