// The national personal QR of 2021 (Decision 1405/QĐ-BTTTT), the twin of protocol/personal/decision1405.py.
// Nothing in it is signed: it says what somebody wrote.
import { fieldsIn, isHidden, isName, isPossible } from "./fields.js";

const LIMITS = { longest: 1024, least: 4, most: 12 };
const NUMBER = /^[A-Za-z0-9*]{6,20}$/;
const QID = /^[A-Za-z0-9_.-]{0,64}$/;
const DAY = /^([0-9]{4})(?:[-/](\*{1,2}|[0-9]{1,2})[-/](\*{1,2}|[0-9]{1,2}))?$/;
const LONGEST_EXTRA = 512;

const isExtra = (text) => [...text].length <= LONGEST_EXTRA && !isHidden(text);
const part = (text) => (text === undefined || text.includes("*") ? null : Number(text));

// Name and year of birth; null where the text is no such code.
export function readNational(text) {
  const fields = fieldsIn(text, LIMITS);
  if (!fields) return null;
  const [number, name, day, declared, qid = "", extra = ""] = fields;
  const born = DAY.exec(day);
  const isWhole =
    NUMBER.test(number) && isName(name) && /^[01]$/.test(declared) && QID.test(qid) && isExtra(extra) && born;
  if (!isWhole || !isPossible(Number(born[1]), part(born[2]), part(born[3]))) return null;
  return { name, year: Number(born[1]) };
}
