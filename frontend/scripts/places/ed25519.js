// Ed25519 (RFC 8032): the browser's own where it has one (Chrome from 137), else a library that is fetched then.
const native = new Map(); // by the key's text, so that one key is taken in once
let library;

async function byBrowser(publicKey, signature, message) {
  const name = publicKey.join();
  if (!native.has(name)) {
    native.set(name, await crypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]));
  }
  return crypto.subtle.verify({ name: "Ed25519" }, native.get(name), signature, message);
}

async function byLibrary(publicKey, signature, message) {
  const address = globalThis.document?.querySelector("[data-vx-ed25519]")?.dataset.vxEd25519;
  if (!address) return null;
  library ??= import(address).catch((fault) => ((library = undefined), Promise.reject(fault)));
  const { verifyAsync } = await library;
  return verifyAsync(signature, message, publicKey, { zip215: false });
}

// Whether the key (32 bytes) signed the message; null where this browser cannot tell now: the page did not come by
// HTTPS, or the library could not be fetched.
export async function verify(publicKey, signature, message) {
  if (!globalThis.crypto?.subtle) return null;
  try {
    return await byBrowser(publicKey, signature, message);
  } catch {
    return byLibrary(publicKey, signature, message).catch(() => null);
  }
}
