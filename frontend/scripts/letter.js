// A letter beside its items: choosing one shows the other; selected words become an item (T, H); a
// file may be dropped anywhere on its field. Everything here also goes by links and forms.
const WRITING = "input, textarea, select, button, a, summary, [contenteditable]";

function marksOf(key) {
  return document.querySelectorAll(`[data-vx-items~="${CSS.escape(key)}"]`);
}

function choose(key, { from }) {
  for (const one of document.querySelectorAll(".vx-on")) one.classList.remove("vx-on");
  const card = document.querySelector(`[data-vx-card="${CSS.escape(key)}"]`);
  card?.classList.add("vx-on");
  const marks = [...marksOf(key)];
  for (const mark of marks) {
    mark.classList.add("vx-on");
    mark.closest("p")?.classList.add("vx-on");
  }
  if (from === "text" && card) reveal(card);
  if (from === "card" && marks.length) reveal(marks[0]);
}

function reveal(element) {
  for (let box = element.parentElement; box; box = box.parentElement) {
    if (box.tagName === "DETAILS") box.open = true;
  }
  // The letter scrolls inside its own box where it has one: the cards beside it stay where they are.
  const paper = element.closest("[data-vx-paper]");
  if (paper && paper.scrollHeight > paper.clientHeight) {
    const above = element.getBoundingClientRect().top - paper.getBoundingClientRect().top;
    paper.scrollTop += above - paper.clientHeight / 3;
  } else element.scrollIntoView({ block: paper ? "center" : "nearest" });
}

function startChoosing() {
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-vx-items]");
    const isSelecting = !getSelection().isCollapsed;
    if (mark && !isSelecting) {
      const key = mark.dataset.vxItems.split(" ")[0];
      if (event.target.closest("a")) event.preventDefault();
      choose(key, { from: "text" });
      return;
    }
    const card = event.target.closest("[data-vx-card]");
    if (!card) return;
    const link = event.target.closest("a");
    const leadsToText = link?.getAttribute("href")?.startsWith("#");
    if (event.target.closest(WRITING) && !leadsToText) return;
    if (leadsToText) event.preventDefault();
    choose(card.dataset.vxCard, { from: "card" });
  });
}

function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && document.getElementById("vx-letter")?.contains(target)) {
    if (target.dataset.vxCard) choose(target.dataset.vxCard, { from: "text" });
    else reveal(target);
  }
}

/** The selected words of the letter without the numbers above the line, and about where they stand. */
function selected(paper) {
  const selection = getSelection();
  if (selection.isCollapsed || !paper.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const copy = range.cloneContents();
  for (const number of copy.querySelectorAll("sup")) number.remove();
  const paragraphs = [...copy.children].filter((child) => child.tagName === "P");
  const words = paragraphs.length ? paragraphs.map((p) => p.textContent).join(" ") : copy.textContent;
  const start = range.startContainer;
  const paragraph = (start.nodeType === Node.ELEMENT_NODE ? start : start.parentElement).closest("[data-vx-at]");
  const before = document.createRange();
  if (paragraph) before.setStart(paragraph, 0);
  if (paragraph) before.setEnd(range.startContainer, range.startOffset);
  const near = paragraph ? Number(paragraph.dataset.vxAt) + before.toString().length : null;
  return { words: words.trim(), near };
}

function startAdding() {
  const paper = document.querySelector("[data-vx-paper]");
  const form = document.querySelector("[data-vx-add]");
  if (!paper || !form) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
    const key = event.key.toLowerCase();
    const found = key === "t" || key === "h" ? selected(paper) : null;
    if (!found?.words) return;
    event.preventDefault();
    fill(form, found, key === "h");
  });
}

function fill(form, { words, near }, isDeadline) {
  form.elements.quote.value = words;
  form.elements.near.value = near ?? "";
  form.elements.kind.value = isDeadline ? "deadline" : "task";
  const chosen = document.querySelector("[data-vx-card^='task-'].vx-on")?.dataset.vxCard ?? "";
  form.elements.task.value = isDeadline ? chosen : "";
  form.closest("details").open = true;
  if (isDeadline && !form.elements.task.value) {
    reveal(form);
    form.elements.task.focus();
  } else form.requestSubmit();
}

function startDropping() {
  const field = document.querySelector("[data-vx-drop]");
  const form = field?.form;
  if (!form) return;
  const over = (event, isOver) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    field.toggleAttribute("data-vx-over", isOver);
  };
  form.addEventListener("dragover", (event) => over(event, true));
  form.addEventListener("dragleave", (event) => over(event, false));
  form.addEventListener("drop", (event) => {
    over(event, false);
    if (event.dataTransfer?.files.length) field.files = event.dataTransfer.files;
  });
}

export function startLetter() {
  startDropping();
  if (!document.getElementById("vx-letter")) return;
  startChoosing();
  startAdding();
  openTarget();
  window.addEventListener("hashchange", openTarget);
  window.addEventListener("beforeprint", () => {
    for (const box of document.querySelectorAll("#vx-letter details:not(.vx-trace)")) box.open = true;
  });
}
