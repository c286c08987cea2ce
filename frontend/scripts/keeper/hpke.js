// HPKE (RFC 9180), fetched when the page first seals: P-256, HKDF-SHA256, AES-128-GCM, base mode.
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });

// The public key of 65 bytes, ready to seal to.
export function publicKeyOf(bytes) {
  return suite.kem.deserializePublicKey(bytes);
}

// enc || ct, which only the server's private key opens.
export async function sealed(recipientPublicKey, info, plain) {
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, plain);
  const whole = new Uint8Array(enc.byteLength + ct.byteLength);
  whole.set(new Uint8Array(enc));
  whole.set(new Uint8Array(ct), enc.byteLength);
  return whole;
}
