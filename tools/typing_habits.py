"""How people type addresses: abbreviations, order, accents, signs and slips, drawn at random.

Written from habits seen in forms and letters, without a look at how addresses are matched.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

Draw = np.random.Generator

LEVEL_OF_TYPE = {
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    "quận": ("district",),
    "huyện": ("district",),
    "thị xã": ("district",),
    "phường": ("commune",),
    "xã": ("commune",),
    "thị trấn": ("commune",),
    "đặc khu": ("commune",),
}
SHORT = {
    "tỉnh": ("T.", "T. ", "tỉnh ", "Tỉnh "),
    "thành phố": ("TP.", "TP. ", "TP ", "Tp.", "Tp ", "tp ", "T.P ", "T.P. "),
    "quận": ("Q.", "Q. ", "Q ", "q."),
    "huyện": ("H.", "H. ", "H ", "h."),
    "thị xã": ("TX.", "TX. ", "TX ", "Tx. ", "tx ", "T.X "),
    "phường": ("P.", "P. ", "P ", "p.", "p "),
    "xã": ("X.", "X. ", "x.", "xã ", "Xã "),
    "thị trấn": ("TT.", "TT. ", "TT ", "tt ", "Tt. "),
    "đặc khu": ("ĐK.", "ĐK ", "đặc khu "),
}
OTHER_TYPE = {
    "huyện": "thị xã", "thị xã": "huyện", "xã": "phường", "phường": "xã",
    "thị trấn": "xã", "quận": "huyện",
}  # fmt: skip
PROVINCES = {
    "Hồ Chí Minh": ("HCM", "TPHCM", "TP.HCM", "TP HCM", "Tp. HCM", "tphcm"),
    "Bà Rịa - Vũng Tàu": ("BR-VT", "BRVT", "BR - VT", "Bà Rịa Vũng Tàu", "Bà Rịa-Vũng Tàu"),
    "Thừa Thiên Huế": ("TT Huế", "TT. Huế", "TTH", "Thừa Thiên - Huế", "Thừa Thiên-Huế"),
}
# A name may go on behind these if no sign parts it from the next.
OPEN_DETAILS = (
    "số 12 Lê Lợi", "Số nhà 45 đường Trần Hưng Đạo", "12/3 Nguyễn Trãi", "số 7A Phan Chu Trinh",
    "thôn Đông", "ấp Bình Hạ", "Ngõ 25 Hoàng Hoa Thám", "hẻm 102 Nguyễn Văn Cừ", "đường 30/4",
    "đường số 8", "quốc lộ 1A", "235 Quang Trung", "nhà số 9",
)  # fmt: skip
CLOSED_DETAILS = (
    "tổ 3", "tổ 5, khu phố 2", "KP 5", "KP3", "khu phố 7", "tổ dân phố 4", "TDP 6", "thôn 2",
    "ấp 4", "xóm 3", "khóm 1", "đội 6", "bản 3", "số 12 Lê Lợi, tổ 3, KP 5",
)  # fmt: skip
HEADS = ("địa chỉ: ", "ở ", "tại ", "ĐC: ", "thường trú ", "hộ khẩu ")
TAILS = (", Việt Nam", ", VN", " Việt Nam", ".", " ")
SEPARATORS = {
    ", ": 0.5, ",": 0.1, " - ": 0.09, " ": 0.1, " , ": 0.04, "; ": 0.03, "/": 0.04, "-": 0.04,
    ". ": 0.03, " – ": 0.03,
}  # fmt: skip
MOVED = (("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"),
         ("òe", "oè"), ("óe", "oé"), ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"),
         ("ũy", "uỹ"), ("ụy", "uỵ"))  # fmt: skip
I_FOR_Y = (("mỹ", "mĩ"), ("lý", "lí"), ("quy", "qui"), ("quý", "quí"), ("quỳ", "quì"),
           ("kỳ", "kì"), ("sỹ", "sĩ"), ("tỵ", "tị"), ("hỷ", "hỉ"), ("vỹ", "vĩ"))  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One unit as written: its type as text (may be empty) and the type word that this means."""

    name: str
    type_text: str
    type_word: str
    shown: str = ""

    @property
    def text(self) -> str:
        return f"{self.type_text}{self.shown or self.name}"


@dataclass(frozen=True)
class Style:
    """What one person does in one address."""

    types: str
    accents: str
    case: str
    order: str
    separator: str
    detail: str
    head: str
    tail: str
    slips: tuple[str, ...]
    drops_middle: bool
    drops_top: bool
    has_day: bool
    is_mixed: bool
    now_is: tuple[Part, ...] = ()

    @property
    def habits(self) -> str:
        """What is unusual about it, for a reader of the file."""
        levels = ["no middle level"] * self.drops_middle + ["no top level"] * self.drops_top
        asides = ["detail"] * bool(self.detail) + ["head"] * bool(self.head)
        signs = f"signs {self.separator!r}"
        first = (f"types {self.types}", f"accents {self.accents}", self.case, self.order, signs)
        return "; ".join((*first, *levels, *asides, *self.slips))


def style_of(draw: Draw, *, n_levels: int) -> Style:
    """A style drawn at random."""
    accents = one_of({"all": 0.6, "none": 0.25, "some": 0.15}, draw)
    slips = ["moved tone", "i for y", "c for k", "decomposed", "hard space", "double space"]
    if accents == "none":
        slips.append("run together")
    separator = one_of(SEPARATORS, draw)
    levels = float(draw.random())
    return Style(
        types=one_of({"full": 0.35, "short": 0.37, "none": 0.18, "loose": 0.1}, draw),
        accents=accents,
        case=one_of({"as is": 0.68, "upper": 0.14, "lower": 0.18}, draw),
        order=one_of({"small first": 0.8, "large first": 0.15, "any": 0.05}, draw),
        separator=separator,
        detail=pick(OPEN_DETAILS + CLOSED_DETAILS, draw) if draw.random() < 0.35 else "",
        head=pick(HEADS, draw) if draw.random() < 0.06 else "",
        tail=pick(TAILS, draw) if draw.random() < 0.1 else "",
        slips=tuple(slip for slip in slips if draw.random() < 0.1),
        drops_middle=n_levels == 3 and levels < 0.15,
        drops_top=n_levels > 1 and 0.15 <= levels < 0.22,
        has_day=bool(draw.random() < 0.65),
        is_mixed=bool(draw.random() < 0.06),
    )


def one_of(weights: dict[str, float], draw: Draw) -> str:
    """A key by its weight."""
    return str(draw.choice(list(weights), p=list(weights.values())))


def pick(listed: Sequence[str], draw: Draw) -> str:
    """One of the list."""
    return listed[int(draw.integers(len(listed)))]


def written_part(name: str, type_word: str, style: Style, draw: Draw) -> Part:
    """One unit in this style; numbered ones always keep their type word."""
    if name in PROVINCES and draw.random() < 0.5:
        return Part(name, "", type_word, pick(PROVINCES[name], draw))
    kind = style.types
    if type_word == "tỉnh" and draw.random() < 0.6:
        kind = "none"
    if kind == "none" and name.isdigit():
        kind = "short"
    if kind == "loose":
        type_word = OTHER_TYPE.get(type_word, type_word)
    text = {"full": f"{type_word.capitalize()} ", "loose": f"{type_word} ", "none": ""}.get(kind)
    return Part(name, pick(SHORT[type_word], draw) if text is None else text, type_word)


def as_typed(parts: Sequence[Part], style: Style, draw: Draw) -> str:
    """The whole address as this person types it."""
    ordered = [part.text for part in parts]
    if style.order == "large first":
        ordered.reverse()
    elif style.order == "any":
        ordered = [ordered[at] for at in draw.permutation(len(ordered))]
    first = [style.detail] if style.detail else []
    behind = style.order == "large first" and draw.random() < 0.5
    said = [*ordered, *first] if behind else [*first, *ordered]
    text = f"{style.head}{style.separator.join(said)}"
    if style.now_is:
        text += f" (nay là {', '.join(part.text for part in style.now_is)})"
    return slipped(cased(f"{text}{style.tail}", style.case), style, draw)


def cased(text: str, case: str) -> str:
    """All capitals, none, or as it is."""
    return {"upper": text.upper(), "lower": text.lower()}.get(case, text)


def slipped(text: str, style: Style, draw: Draw) -> str:
    """Slips of the keyboard: accents, spaces, the form of Unicode."""
    for slip, pairs in (("moved tone", MOVED), ("i for y", I_FOR_Y)):
        if slip in style.slips:
            text = swapped(text, pairs)
    if "c for k" in style.slips:
        text = re.sub(r"(?i)\b(đắ|lắ|đă)k\b", r"\1c", text)
    if style.accents == "none":
        text = bare(text)
    elif style.accents == "some":
        text = re.sub(r"\w+", lambda word: bare(word[0]) if draw.random() < 0.35 else word[0], text)
    text = spaced(text, style)
    return unicodedata.normalize("NFD", text) if "decomposed" in style.slips else text


def spaced(text: str, style: Style) -> str:
    """Spaces left out, doubled, or of the kind that does not break."""
    if "run together" in style.slips:
        text = re.sub(r"(?<=[^\W\d]) (?=[^\W\d])", "", text)
    if "double space" in style.slips:
        text = text.replace(" ", "  ")
    if "hard space" in style.slips:
        text = text.replace(" ", "\u00a0", 2)
    return text


def swapped(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Each syllable in its other spelling, whatever its case."""
    for one, other in pairs:
        if one in text.lower():
            text = re.sub(rf"{one}\b", partial(_like_hit, other), text, flags=re.I)
    return text


def _like_hit(other: str, hit: re.Match[str]) -> str:
    return like(hit[0], other)


def like(model: str, text: str) -> str:
    """`text` in the case of `model`."""
    if model.isupper():
        return text.upper()
    return text.capitalize() if model[:1].isupper() else text


def bare(text: str) -> str:
    """Without accents, case kept."""
    marks = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(mark for mark in marks if not unicodedata.combining(mark))


def plain(text: str) -> str:
    """Letters and numbers alone, without accents, i for y, c for k at ends, no leading zeros."""
    words = re.findall(r"[a-z]+|[0-9]+", bare(unicodedata.normalize("NFC", text)).lower())
    shown = (word.lstrip("0") if word.isdigit() else re.sub("k$", "c", word) for word in words)
    return "".join(shown).replace("y", "i")
