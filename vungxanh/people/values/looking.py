"""Looking persons up: what an officer asks, and what an answer shows before anybody is opened."""

from dataclasses import dataclass
from enum import StrEnum

from vungxanh.engines.persons import Likeness, Reason
from vungxanh.people.values.persons import Origin
from vungxanh.refusals import Words


class Way(StrEnum):
    """By what somebody is looked up."""

    PHONE = "phone"
    PAPER = "paper"
    NAME = "name"


@dataclass(frozen=True, slots=True, repr=False)
class LookUp:
    """What is asked, and for which purpose; year and commune go with a name alone."""

    way: Way
    text: str
    purpose: str
    birth_year: int | None = None
    commune: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A person in an answer: number, initials, year, commune; never the name.

    `likeness` is None where the number or paper itself says who it is. `companion` is the place of
    somebody without a name among those who came along with another.
    """

    id: int
    initials: str
    birth_year: int | None
    unit: str
    origin: Origin
    likeness: Likeness | None = None
    companion: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The likeliest first, then by number; `n_more` are left out, `is_cut`: not all were opened."""

    lines: tuple[Line, ...]
    n_more: int = 0
    is_cut: bool = False


# From this chance on the score is said so; below the last the engine's README finds errors.
VERY_LIKELY, LIKELY = 0.9, 0.5
ORIGIN_WORDS = {
    Origin.APP: Words(vi="Tự khai trên ứng dụng", en="In the app"),
    Origin.DEPENDANT: Words(vi="Người thân khai hộ", en="Told by a relative"),
    Origin.DOOR: Words(vi="Cán bộ ghi tại nhà, tại chốt", en="Written down at a door"),
    Origin.INTERVIEW: Words(vi="Có tên trong phỏng vấn", en="Named in an interview"),
    Origin.COMPANION: Words(vi="Người đi cùng, chưa rõ tên", en="Came along, name not known"),
}
REASON_WORDS = {
    Reason.NAME_SAME: Words(vi="đúng họ tên", en="same name"),
    Reason.NAME_LESS_MARKED: Words(vi="họ tên thiếu dấu", en="accents left out"),
    Reason.NAME_SPELT_OTHERWISE: Words(vi="họ tên viết hơi khác", en="name spelt otherwise"),
    Reason.NAME_SHORTENED: Words(vi="họ tên viết tắt, thiếu chữ", en="name shortened"),
    Reason.NAME_REORDERED: Words(vi="họ tên đảo thứ tự", en="name in another order"),
    Reason.NAME_DIFFERS: Words(vi="họ tên khác", en="another name"),
    Reason.BIRTH_YEAR_SAME: Words(vi="đúng năm sinh", en="same year of birth"),
    Reason.BIRTH_YEAR_NEAR: Words(vi="năm sinh lệch một năm", en="a year apart"),
    Reason.BIRTH_YEAR_DIFFERS: Words(vi="năm sinh khác", en="another year of birth"),
    Reason.SEX_DIFFERS: Words(vi="giới tính khác", en="another sex"),
    Reason.RESIDENCE_SAME: Words(vi="cùng xã", en="same commune"),
    Reason.RESIDENCE_DIFFERS: Words(vi="nơi ở khác", en="lives elsewhere"),
    Reason.PHONE_SAME: Words(vi="cùng số điện thoại", en="same telephone number"),
    Reason.PHONE_DIFFERS: Words(vi="số điện thoại khác", en="another telephone number"),
    Reason.PAPERS_SAME: Words(vi="cùng giấy tờ", en="same paper"),
    Reason.PAPERS_DIFFER: Words(vi="giấy tờ khác", en="another paper"),
}


def likeness_words(likeness: Likeness) -> Words:
    """The score as officers read it.

    >>> likeness_words(Likeness(0.95, 1.0, ())).en
    'very alike'
    """
    if likeness.score >= VERY_LIKELY:
        return Words(vi="rất giống", en="very alike")
    if likeness.score >= LIKELY:
        return Words(vi="giống", en="alike")
    return Words(vi="có thể", en="possibly")
