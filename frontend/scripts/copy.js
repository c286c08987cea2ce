// Copying a text to send it elsewhere: the button appears where the browser can, and says when done.
import { say } from "./say.js";

async function copy(button) {
  const text = document.getElementById(button.dataset.vxCopy);
  await navigator.clipboard.writeText(text.value);
  say(button.dataset.vxCopied);
  const word = [...button.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()).pop();
  if (word) word.data = button.dataset.vxCopied;
}

export function startCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-vx-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => void copy(button));
  }
}
