// The QR on health insurance cards, the twin of protocol/personal/bhyt.py: the card's number and nothing else.
import { fieldsIn } from "./fields.js";

const LIMITS = { longest: 1500, least: 2, most: 30 };
const NUMBER = /^(?:[A-Za-z]{2}[0-9]{13}|[0-9]{10})$/;

// The number; null where the text is no such card.
export function readInsurance(text) {
  const number = fieldsIn(text, LIMITS)?.[0].replaceAll(" ", "");
  return number !== undefined && NUMBER.test(number) ? { number: number.toUpperCase() } : null;
}
