// Reads QR codes in frames of the camera where the browser does not (no BarcodeDetector), beside the page.
import decodeQR from "qr/decode.js";

const DARK = 38; // of 255
const STEP = 997; // samples of a frame, spread unevenly

function isDark(data) {
  let [sum, n] = [0, 0];
  for (let place = 1; place < data.length; place += 4 * STEP) {
    sum += data[place]; // green, most of what the eye calls light
    n += 1;
  }
  return n > 0 && sum / n < DARK;
}

function textIn(data, width, height) {
  try {
    return decodeQR({ data, width, height }, { timeLimit: 120 });
  } catch {
    return null; // no code in this frame
  }
}

self.onmessage = ({ data: { pixels, width, height } }) => {
  const data = new Uint8ClampedArray(pixels);
  const text = textIn(data, width, height);
  self.postMessage({ text, dark: text === null && isDark(data) });
};
