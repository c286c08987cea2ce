// Words for those who do not see the page change: the live region that every page has.
export function say(words) {
  const region = document.getElementById("vx-live");
  if (region) region.textContent = words;
}
