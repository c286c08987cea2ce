// What a keeper reads is sealed at once to the server: this machine cannot open it again.
import { bytesOf, urlText } from "../base64.js";

const DOMAIN = "vungxanh.keeper.v1";
const encoder = new TextEncoder();

// What binds a box to its identifier and its point: put under another, it does not open.
export function infoOf(id, code) {
  const hex = id.replaceAll("-", "");
  const number = Uint8Array.from(hex.match(/../g), (byte) => parseInt(byte, 16));
  return new Uint8Array([...encoder.encode(DOMAIN), ...number, ...encoder.encode(code)]);
}

// `hpke` is the module hpke.js; `key` is {id, public} as keys.js holds it; `code` the nine characters of the point.
export class Sealer {
  constructor({ hpke, key, code }) {
    Object.assign(this, { hpke, key, code });
    this.recipient = hpke.publicKeyOf(bytesOf(key.public));
  }

  // {id, key, box} for what was read: {direction, at, entrance, subject}.
  async item(id, read) {
    const plain = encoder.encode(JSON.stringify(read));
    const box = await this.hpke.sealed(await this.recipient, infoOf(id, this.code), plain);
    return { id, key: this.key.id, box: urlText(box) };
  }
}
