// What is wrong with answers, as far as the phone can tell; the server decides. Codes are those of engines/forms. Pure.
import { isAnswered } from "./conditions.js";

const DAY_MS = 24 * 3600_000;
const VIETNAM = "Asia/Ho_Chi_Minh";
const MARKUP = /[<>\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const PAPER = /^(\d{9}|\d{12}|[A-Za-z]{1,2}\d{6,8})$/;
const PHONE = /^(\+\d{8,15}|0\d{9,10})$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const LONGEST = 200;

export function today(now) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: VIETNAM }).format(now);
}

export function dayFrom(day, n) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * DAY_MS).toISOString().slice(0, 10);
}

function dateFault(question, answer, day) {
  const at = Date.parse(`${answer}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(answer) || !Number.isFinite(at)) return "impossible_date";
  if (new Date(at).toISOString().slice(0, 10) !== answer) return "impossible_date";
  const { earliest_days: earliest, latest_days: latest } = question;
  if (earliest !== undefined && answer < dayFrom(day, earliest)) return "too_early";
  if (latest !== undefined && answer > dayFrom(day, latest)) return latest > 0 ? "too_late" : "in_the_future";
  return "";
}

const bare = (answer) => String(answer).replace(/[\s.\-()]/g, "");

const BY_KIND = {
  date: dateFault,
  year: (_, answer, day) => (!/^\d{1,7}$/.test(answer) ? "form" : Number(answer) < 1900 ? "too_early" : Number(answer) > Number(day.slice(0, 4)) ? "in_the_future" : ""),
  integer: (question, answer) => (!Number.isInteger(answer) || answer < 0 ? "form" : answer > (question.most ?? 1000) ? "too_long" : ""),
  phone: (_, answer) => (PHONE.test(bare(answer)) ? "" : "phone"),
  paper: (_, answer) => (PAPER.test(bare(answer)) ? "" : "paper"),
  email: (_, answer) => (EMAIL.test(answer) ? "" : "email"),
  insurance: (_, answer) => (/^([A-Za-z]{2}\d{13}|\d{10})$/.test(bare(answer)) ? "" : "insurance"),
};

// The code of what is wrong with one answer to a question that is asked; "" where nothing is.
export function faultOf(question, answer, day) {
  if (!isAnswered(answer)) return question.is_required ? "required" : "";
  if (typeof answer === "string" && MARKUP.test(answer)) return "script";
  if (typeof answer === "string" && answer.length > (question.most ?? LONGEST) && question.kind === "text") return "too_long";
  const alone = (question.options ?? []).filter((one) => one.is_exclusive).map(({ id }) => id);
  if (Array.isArray(answer) && answer.length > 1 && answer.some((one) => alone.includes(one))) return "exclusive";
  return BY_KIND[question.kind]?.(question, answer, day) ?? "";
}
