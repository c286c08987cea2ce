"""Rules that read the letter itself: days that cannot be, weekdays, numbers in words."""

import re
from collections.abc import Iterator
from typing import Final

from vungxanh.engines.checks import Finding
from vungxanh.engines.checks.sentences import say
from vungxanh.engines.letters.findings.case import LetterCase, fault
from vungxanh.engines.letters.findings.days import dated, day_of_moment
from vungxanh.engines.letters.findings.number_words import number_of_words
from vungxanh.engines.letters.moments import Grain, Moment
from vungxanh.refusals import Words

_MINUTES: Final = re.compile(r"\d ?(?:h|giờ|g|:) ?\d", re.IGNORECASE)
_NAMES: Final = (
    Words("thứ Hai", "Monday"),
    Words("thứ Ba", "Tuesday"),
    Words("thứ Tư", "Wednesday"),
    Words("thứ Năm", "Thursday"),
    Words("thứ Sáu", "Friday"),
    Words("thứ Bảy", "Saturday"),
    Words("Chủ nhật", "Sunday"),
)
_IN_WORDS: Final = re.compile(
    r"(?<![\w/.,-])(\d{1,3}(?:\.\d{3}){1,4}|\d{1,12})\s?%?\s?\(([^\W\d_][^()\d]{0,80})\)"
)


def no_such_day(case: LetterCase) -> Iterator[Finding]:
    """A day or hour that no calendar or clock has: 31/6, 29/2/2021, 25h00, 17h75."""
    for moment in case.moments:
        if moment.is_possible or not _is_meant(moment):
            continue
        message = say(
            "Không có ngày giờ “{text}”; hỏi lại nơi gửi ngày giờ đúng.",
            "There is no such day or hour as “{text}”; ask the sender for the right one.",
            text=moment.text,
        )
        span = case.whole.span(moment.start, moment.end)
        yield fault(case, span, message, code="letters.no_such_day", severity="error")


def _is_meant(moment: Moment) -> bool:
    """Whether a day with its month, or an hour with its minutes, is surely meant."""
    if moment.grain == Grain.CLOCK:
        return _MINUTES.search(moment.text) is not None
    return moment.at.month is not None


def weekday_differs(case: LetterCase) -> Iterator[Finding]:
    """A day of the week that its date is not: "thứ Sáu, ngày 29/8/2020"."""
    earliest = dated(case.reading.document).earliest
    for moment in case.moments:
        on = day_of_moment(moment, earliest.year if earliest else None)
        if on is None or moment.weekday is None or on.weekday() == moment.weekday:
            continue
        right, wrong = _NAMES[on.weekday()], _NAMES[moment.weekday]
        message = say(
            "Ngày {day} là {right}, không phải {wrong}; hỏi lại nơi gửi ngày nào đúng.",
            "{day} is a {right}, not a {wrong}; ask the sender which is meant.",
            day=on,
            right=right,
            wrong=wrong,
        )
        yield fault(
            case,
            case.whole.span(moment.start, moment.end),
            message,
            code="letters.weekday_differs",
            severity="warning",
            found=right.vi,
            expected=right.vi,
        )


def number_words_differ(case: LetterCase) -> Iterator[Finding]:
    """A number beside its own words, which say another one: "05 (sáu)"."""
    for match in _IN_WORDS.finditer(case.whole.text):
        figures, said = int(match[1].replace(".", "")), number_of_words(match[2])
        if said is None or said == figures:
            continue
        message = say(
            "Số viết bằng chữ số là {figures} nhưng bằng chữ là “{said}” ({number}); hỏi lại nơi"
            " gửi số đúng.",
            "In figures the number is {figures}, in words “{said}” ({number}); ask the sender for"
            " the right one.",
            figures=figures,
            said=match[2],
            number=said,
        )
        span = case.whole.span(match.start(), match.end())
        yield fault(
            case,
            span,
            message,
            code="letters.number_words_differ",
            severity="error",
            found=str(said),
        )
