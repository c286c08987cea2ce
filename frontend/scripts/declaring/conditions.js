// Which questions of a form are asked, given answers: the twin of engines/forms. Pure.
export function questionsOf(form) {
  return form.pages.flatMap(({ questions }) => questions);
}

export function isAnswered(answer) {
  if (answer === undefined || answer === null || answer === "") return false;
  return !Array.isArray(answer) || answer.length > 0;
}

// What was not asked is not answered; of several choices one is enough.
function holds(clause, answers, asked) {
  const answer = answers[clause.question];
  if (!asked.has(clause.question) || !isAnswered(answer)) return false;
  if (clause.answered) return true;
  return Array.isArray(answer) ? answer.includes(clause.is) : answer === clause.is;
}

export function shown(form, answers) {
  const asked = new Set();
  for (const { id, when } of questionsOf(form)) {
    const one = (clause) => holds(clause, answers, asked);
    if (!when || (when.all ? when.all.every(one) : when.any.some(one))) asked.add(id);
  }
  return asked;
}

// The answers that are sent: of questions that are asked, and answered.
export function asked(form, answers) {
  const ids = shown(form, answers);
  const kept = questionsOf(form).filter(({ id }) => ids.has(id) && isAnswered(answers[id]));
  return Object.fromEntries(kept.map(({ id }) => [id, answers[id]]));
}

// "Same as last time": what stays of former answers; never the signs.
export function carried(form, former) {
  const stays = questionsOf(form).filter(({ id, carries }) => carries && isAnswered(former[id]));
  return asked(form, Object.fromEntries(stays.map(({ id }) => [id, former[id]])));
}
