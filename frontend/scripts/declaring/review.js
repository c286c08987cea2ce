// Everything that was said, with the way back to each, and what is agreed to before it is sent.
import { box, button, icon, make } from "./drawing.js";

function rows(flow) {
  const { wording } = flow;
  return flow.askedQuestions().map((question) => {
    const words = wording.text(question.text);
    const answer = wording.said(question, flow.answers[question.id], flow.places);
    const mend = make("button", { class: "vx-link", type: "button", "aria-label": `${wording.word("page.edit")}: ${words}`, on: { click: () => flow.goToQuestion(question.id) } }, wording.word("page.edit"));
    return make("div", {}, make("dt", {}, words), make("dd", {}, answer), make("dd", { class: "vx-mend" }, mend));
  });
}

// The three lines and the box, which is never ticked beforehand.
export function consent(wording, days) {
  const line = (shape, name) =>
    make("li", {}, icon(shape), make("p", { class: "vx-grow" }, make("b", {}, wording.word(`page.${name}`)), make("br"), wording.word(`page.${name}_text`, { n: days })));
  const input = make("input", { type: "checkbox", id: "vx-agree", "aria-describedby": "vx-agree-error" });
  return make(
    "section",
    { class: "vx-card vx-stack" },
    make("ul", { class: "vx-list" }, line("lock", "keeps"), line("clock", "keeps_until"), line("eye", "keeps_who")),
    make("label", { class: "vx-option", for: "vx-agree" }, input, make("span", {}, wording.word("page.agree"))),
    make("p", { class: "vx-error", id: "vx-agree-error", role: "alert", hidden: true }, icon("alert-octagon"), make("span", {}, wording.word("page.agree_needed"))),
  );
}

export function review(flow) {
  const { wording } = flow;
  const asks = flow.asksConsent ? consent(wording, flow.told.kept_days) : null;
  const send = button(wording.word("page.send"), {
    class: "vx-btn vx-btn-primary vx-btn-large",
    work: () => {
      const isAgreed = !asks || asks.querySelector("#vx-agree").checked;
      if (asks) asks.querySelector(".vx-error").hidden = isAgreed;
      if (!isAgreed) return asks.querySelector("#vx-agree").focus();
      send.disabled = true;
      send.textContent = wording.word("page.sending");
      void flow.send(Boolean(asks));
    },
  });
  return [
    make("h2", { class: "vx-lead", tabIndex: -1 }, wording.word("page.review")),
    flow.knownCard(),
    make("dl", { class: "vx-card vx-said" }, ...rows(flow)),
    flow.keeping.lasts ? null : box("warn", "alert-triangle", make("p", {}, wording.word("page.passing"))),
    asks,
    send,
    button(wording.word("page.back"), { work: () => history.back() }),
  ];
}
