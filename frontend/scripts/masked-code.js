// The holder's own code on the first page: masked until it is pressed, and again once its minute is over or nobody
// looks at the page. Without a script the same link leads to the page of the code.
const SHOWN_MS = 55_000;

export function startMaskedCode() {
  const place = document.querySelector("[data-vx-masked]");
  if (!place) return;
  const [mask, picture] = ["[data-vx-mask]", "img"].map((one) => place.querySelector(one));
  const words = [...document.querySelectorAll("[data-vx-code-is]")];
  let timer = 0;

  const say = (state) => words.forEach((one) => (one.hidden = one.dataset.vxCodeIs !== state));
  const hide = (state = "masked") => {
    clearTimeout(timer);
    picture.hidden = true;
    picture.removeAttribute("src");
    mask.removeAttribute("hidden");
    say(state);
  };
  picture.onload = () => {
    mask.setAttribute("hidden", "");
    picture.hidden = false;
    say("shown");
    timer = setTimeout(hide, SHOWN_MS);
  };
  picture.onerror = () => picture.hasAttribute("src") && hide("away");
  place.addEventListener("click", (event) => {
    if (!picture.hidden) return; // shown: the page of the code is larger
    event.preventDefault();
    picture.src = `${place.dataset.vxMasked}?${Date.now()}`;
  });
  document.addEventListener("visibilitychange", () => document.hidden && !picture.hidden && hide());
}
