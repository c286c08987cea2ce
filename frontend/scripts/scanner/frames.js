// Two ways to read a frame: the browser's own reader, else ours in a worker. Both give `{text, dark}`.
const SIDE = 720; // pixels of the square in the middle that ours looks at

async function knowsQr() {
  try {
    return (await globalThis.BarcodeDetector?.getSupportedFormats())?.includes("qr_code") ?? false;
  } catch {
    return false;
  }
}

function square(video, side) {
  const least = Math.min(video.videoWidth, video.videoHeight);
  const [left, top] = [(video.videoWidth - least) / 2, (video.videoHeight - least) / 2];
  return { left, top, least, side: Math.min(side, least) };
}

function drawn(canvas, video, side) {
  const from = square(video, side);
  canvas.width = canvas.height = from.side;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(video, from.left, from.top, from.least, from.least, 0, 0, from.side, from.side);
  return context.getImageData(0, 0, from.side, from.side);
}

function isDark(canvas, video) {
  const { data } = drawn(canvas, video, 16);
  let sum = 0;
  for (let place = 1; place < data.length; place += 4) sum += data[place];
  return sum / (data.length / 4) < 38;
}

function nativeReader() {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const canvas = document.createElement("canvas");
  let n = 0;
  return {
    path: "native",
    async read(video) {
      const found = await detector.detect(video);
      const dark = !found.length && n++ % 8 === 0 && isDark(canvas, video);
      return { text: found[0]?.rawValue ?? null, dark };
    },
    close() {},
  };
}

function workerReader(address) {
  const worker = new Worker(address);
  const canvas = document.createElement("canvas");
  return {
    path: "worker",
    read(video) {
      const image = drawn(canvas, video, SIDE);
      return new Promise((resolve, reject) => {
        worker.onmessage = (event) => resolve(event.data);
        worker.onerror = () => reject(new Error("worker"));
        const { width, height } = image;
        worker.postMessage({ pixels: image.data.buffer, width, height }, [image.data.buffer]);
      });
    },
    close: () => worker.terminate(),
  };
}

// The reader of this browser; `address` is that of the built worker.
export async function readerOf(address) {
  return (await knowsQr()) ? nativeReader() : workerReader(address);
}
