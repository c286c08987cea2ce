// What became of a declaration that was sent from this page: kept on the phone, sent, or not taken; what to do if ill.
import { box, button, icon, make } from "./drawing.js";

function ill(wording, hasSigns) {
  return make(
    "section",
    { class: "vx-stack" },
    box("bad", "alert-octagon", make("p", {}, wording.word("page.ill")), make("a", { class: "vx-btn", href: "tel:115" }, icon("phone"), wording.word("page.call_115"))),
    hasSigns ? box("warn", "alert-triangle", make("p", {}, wording.word("page.stay_home"))) : null,
  );
}

function banner(tone, shape, title, words) {
  return make("div", { class: `vx-state vx-state-${tone}`, tabIndex: -1, role: "status" }, icon(shape), make("div", { class: "vx-grow" }, make("h2", {}, title), words ? make("p", {}, words) : null));
}

export function kept(flow) {
  const { wording } = flow;
  return [
    banner("warn", "cloud-check", wording.word("page.kept"), wording.word("page.kept_text")),
    ill(wording, flow.hasSigns),
    button(wording.word("page.again"), { icons: ["refresh"], work: () => void flow.flush() }),
    make("a", { class: "vx-btn", href: "/khai/" }, wording.word("page.another")),
  ];
}

export function sent(flow, id) {
  const { wording } = flow;
  return [
    banner("ok", "circle-check", wording.word("page.sent"), ""),
    make("a", { class: "vx-btn vx-btn-primary vx-btn-large", href: `/khai/xong/${id}/` }, wording.word("page.result")),
  ];
}

export function refused(flow, code) {
  const { wording } = flow;
  const words = wording.word(`refused.${code}`) || wording.word("refused.other");
  return [
    make("div", { class: "vx-state vx-state-bad", tabIndex: -1, role: "alert" }, icon("alert-octagon"), make("div", { class: "vx-grow" }, make("h2", {}, wording.word("page.not_sent")), make("p", {}, words))),
    ill(wording, flow.hasSigns),
    button(wording.word("page.mend"), { class: "vx-btn vx-btn-primary", work: () => void flow.mend() }),
  ];
}
