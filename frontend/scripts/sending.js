// What a sent form shows until the server answers: the button is busy, cannot be pressed twice, and
// says what is going on where its template has words for it (data-vx-busy). A form that a file answers
// (data-vx-file) leaves its page where it is and tells nobody that it ended: its button waits less.
import { say } from "./say.js";

const LONGEST_WAIT = 30000; // after that somebody may press again: the sending was perhaps stopped
const FILE_WAIT = 4000; // long enough that a double press asks for one file
const waiting = new Map();

function turn(button, name) {
  const use = button.querySelector("use");
  const address = use?.getAttribute("href");
  use?.setAttribute("href", `${address.split("#")[0]}#${name}`);
  return address;
}

function begin(button, wait) {
  const texts = [...button.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const words = texts.pop();
  waiting.set(button, { words, said: words?.data, picture: turn(button, "refresh") });
  button.setAttribute("aria-busy", "true");
  if (button.dataset.vxBusy && words) words.data = button.dataset.vxBusy;
  say(button.dataset.vxBusy ?? "");
  // Only after the browser has gathered the form: a disabled button would not be among its values.
  setTimeout(() => void (button.disabled = waiting.has(button)));
  setTimeout(() => end(button), wait);
}

function end(button) {
  const before = waiting.get(button);
  if (!before) return;
  waiting.delete(button);
  if (before.words) before.words.data = before.said;
  if (before.picture) button.querySelector("use").setAttribute("href", before.picture);
  button.removeAttribute("aria-busy");
  button.disabled = false;
}

export function startSending() {
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    const stays = event.defaultPrevented || button?.formTarget === "_blank" || event.target.method !== "post";
    const wait = "vxFile" in event.target.dataset ? FILE_WAIT : LONGEST_WAIT;
    if (button && !stays) begin(button, wait);
  });
  window.addEventListener("pageshow", () => [...waiting.keys()].forEach(end));
}
