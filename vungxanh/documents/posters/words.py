"""The words of posters; every form takes them from here."""

from typing import Final

import msgspec

from vungxanh.documents.phrases import plain
from vungxanh.documents.posters.content import Form, Language, Poster
from vungxanh.documents.vietnamese import date
from vungxanh.refusals import Words

KICKER = Words("Điểm kiểm soát dịch", "Check-in point")
CODE = Words("Mã điểm", "Point code")
ISSUED = Words("Ngày cấp", "Issued")
COPY = Words("Bản in", "Copy")
SCAN = Words(
    "Mở máy ảnh hoặc Zalo, đưa vào mã. Không\u00a0cần\u00a0cài\u00a0gì.",
    "Point any camera or Zalo at the code. Nothing\u00a0to\u00a0install.",
)
CHECK = Words(
    "Quét khi vào. Màn hình phải hiện đúng tên nơi\u00a0này\u00a0tại {site}",
    "Scan when you enter. The screen must show this place’s\u00a0name\u00a0at {site}",
)
CHECK_ALSO = "Scan when you enter. The screen must show this\u00a0place’s\u00a0name."
REPORT_ALSO = "Report stickers placed over this code, or another name on the screen."
LEAVE = Words("Quét lại khi\u00a0rời\u00a0đi.", "Scan again when\u00a0you\u00a0leave.")
NO_PHONE = Words("Không có điện thoại?", "No phone?")
KEEPER = Words(
    "Đưa căn cước hoặc đọc số máy cho người\u00a0giữ\u00a0cửa.",
    "Show your ID card to\u00a0the\u00a0keeper.",
)
REPORT = Words(
    "Thấy tem dán đè hoặc màn hình hiện tên khác: đừng dùng, báo\u00a0tại {report}",
    "A sticker over this code, or another name on the screen: do not use it, "
    "report\u00a0it\u00a0at {report}",
)
SHORT = Words(
    "Quét bằng máy ảnh hoặc Zalo khi\u00a0lên\u00a0và\u00a0khi\u00a0xuống.",
    "Scan with any camera or Zalo when\u00a0you\u00a0get\u00a0on\u00a0and\u00a0off.",
)
SHORT_ALSO = "Scan when you get on and off."
MUST_SHOW = Words(
    "Màn hình phải hiện đúng tên\u00a0này\u00a0tại {site}",
    "The screen must show this\u00a0name\u00a0at {site}",
)
MUST_SHOW_ALSO = "The screen must show this name."
INVENTED = Words("Bảng mẫu, không có thật", "Sample, not real")
INVENTED_SENTENCE = Words(f"{INVENTED.vi}.", f"{INVENTED.en}.")
FOLD = Words("Gấp theo nét đứt, dán mép dưới.", "Fold along the dashes, glue the lower flap.")
CUT = Words("Cắt theo nét.", "Cut along the line.")
ALT = Words("Mã QR của điểm {code}", "QR code of point {code}")
TITLE = Words("Bảng mã: {name}", "Poster: {name}")
_ALSO: Final = {
    "check": CHECK_ALSO,
    "report": REPORT_ALSO,
    "short": SHORT_ALSO,
    "must_show": MUST_SHOW_ALSO,
}
_SHORT_WORD: Final = 8


class Told(msgspec.Struct, frozen=True):
    """A sentence on paper: the main language, and the other below it, perhaps empty."""

    main: str
    also: str = ""


class Printed(msgspec.Struct, frozen=True):
    """A poster in print: strings alone, as the template lays them out.

    `scale` is how large the words below the code are; 0 lets the template find out and tell.
    """

    form: str
    lang: str
    title: str
    name: str
    entrance: str
    address: str
    code: str
    issued: str
    copies: int
    n_modules: int
    alt: str
    words: dict[str, Told]
    scale: float = 0.0


def printed(poster: Poster, form: Form, *, n_modules: int) -> Printed:
    """A poster in print."""
    named = [part for part in (poster.name, poster.entrance) if part]
    lang = "en" if poster.language is Language.EN else "vi"
    return Printed(
        form=form.value,
        lang=lang,
        title=TITLE.in_language(lang).format(name=plain(" · ".join(named))),
        name=_held(plain(poster.name)),
        entrance=_held(plain(poster.entrance)),
        address=_held(plain(poster.address)),
        code=poster.code,
        issued=date(poster.issued_on, lang),
        copies=poster.copies,
        n_modules=n_modules,
        alt=ALT.in_language(lang).format(code=poster.code),
        words=_words(poster),
    )


def _words(poster: Poster) -> dict[str, Told]:
    base = poster.url.partition("#")[0].partition("://")[2]
    said = {"site": base.partition("/")[0], "report": f"{base}/bao/"}
    listed = {
        "kicker": KICKER, "code": CODE, "issued": ISSUED, "copy": COPY, "scan": SCAN,
        "check": CHECK, "leave": LEAVE, "no_phone": NO_PHONE, "keeper": KEEPER, "report": REPORT,
        "short": SHORT, "must_show": MUST_SHOW, "fold": FOLD, "cut": CUT,
    }  # fmt: skip
    if poster.is_invented:  # in place of what it is, above the name or below the code
        listed |= {"kicker": INVENTED, "short": INVENTED_SENTENCE}
    found = {key: _told(words, poster.language, said) for key, words in listed.items()}
    if poster.language is Language.BOTH:  # the address once is enough
        for key, also in _ALSO.items():
            if listed[key] is not INVENTED_SENTENCE:
                found[key] = Told(found[key].main, also)
    return found


def _held(name: str) -> str:
    """A name whose last word does not stand alone in a line."""
    rest, _, last = name.rpartition(" ")
    return f"{rest}\u00a0{last}" if " " in rest and len(last) < _SHORT_WORD else name


def _told(words: Words, language: Language, said: dict[str, str]) -> Told:
    vi, en = words.vi.format(**said), words.en.format(**said)
    match language:
        case Language.EN:
            return Told(en)
        case Language.VI:
            return Told(vi)
        case Language.BOTH:
            return Told(vi, en)
