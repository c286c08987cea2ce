"""The dossier that assesses the impact of processing (hồ sơ đánh giá tác động)."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from vungxanh.config.processing.papers import annexes
from vungxanh.config.processing.papers.parts import (
    Cover,
    Named,
    abroad_line,
    bases,
    controller_lines,
    english_annex,
    hosts_line,
    letter,
    sections,
    summed_up,
    version_line,
    words_table,
)
from vungxanh.config.processing.papers.register import (
    access_lines,
    data_lines,
    keep_lines,
    measure_lines,
    purpose_lines,
)
from vungxanh.config.processing.values import (
    DECREE,
    FIRST_DOSSIER,
    UPDATED_EVERY_MONTHS,
    Configured,
    months_later,
)
from vungxanh.config.processing.words import BLANK, or_blank
from vungxanh.documents.content import Annex, Letter, Paragraph
from vungxanh.documents.vietnamese import date as day_words

NAMED = Named("Hồ sơ", "Đánh giá tác động xử lý dữ liệu cá nhân", "HS", ("Bộ Công an",))


@lru_cache(maxsize=1)
def risks() -> tuple[Mapping[str, Any], ...]:
    """The risks of risks.toml, in its order."""
    place = resources.files("vungxanh.config.processing").joinpath("risks.toml")
    return tuple(tomllib.loads(place.read_text("utf-8"))["risks"])


def dossier_paper(cover: Cover, found: Configured) -> Letter:
    """The dossier of what is configured, with the register's annexes."""
    return letter(
        cover,
        NAMED,
        body=_body(cover, found),
        annexes=(
            annexes.holdings_annex(found, "Phụ lục I"),
            annexes.purposes_annex(found, cover.stated, "Phụ lục II"),
            annexes.roles_annex(found, "Phụ lục III"),
            annexes.recipients_annex(found, "Phụ lục IV"),
            annexes.measures_annex(found, "Phụ lục V"),
            _risks_annex(found),
            english_annex(cover, "Impact assessment of processing", _english(cover, found)),
        ),
    )


def _body(cover: Cover, found: Configured) -> Iterator[Paragraph]:
    yield from bases()
    yield Paragraph(
        f"{cover.agency} đánh giá tác động của việc xử lý dữ liệu cá nhân trên hệ thống "
        f"Vùng Xanh như sau. Đề mục và mẫu của hồ sơ: đối chiếu với văn bản {DECREE}."
    )
    described = (*data_lines(found), *access_lines(found), *keep_lines(found))
    yield from sections(
        (
            ("Bên kiểm soát, bên xử lý dữ liệu", controller_lines(cover)),
            ("Mô tả hoạt động xử lý", (*described, hosts_line(found), abroad_line(cover))),
            ("Mục đích, căn cứ và sự cần thiết", _need_lines(cover, found)),
            ("Rủi ro đối với người có dữ liệu", _risk_lines()),
            ("Biện pháp bảo vệ", measure_lines(found)),
            ("Thời hạn nộp và cập nhật", term_lines(cover)),
            ("Bản này", (version_line(cover, found),)),
        )
    )


def term_lines(cover: Cover) -> Iterator[str]:
    """By when the first one is due, and when this one is to be updated."""
    began = cover.stated.began_on
    if began is None:
        yield f"Ngày bắt đầu xử lý: {BLANK.vi}, nên chưa tính được hạn nộp lần đầu."
    else:
        yield (
            f"Bắt đầu xử lý ngày {day_words(began)}; hạn nộp lần đầu (trong {FIRST_DOSSIER.days} "
            f"ngày): {day_words(began + FIRST_DOSSIER)}."
        )
    following = months_later(cover.today, UPDATED_EVERY_MONTHS)
    yield f"Cập nhật {UPDATED_EVERY_MONTHS} tháng một lần; lần tới: {day_words(following)}."


def _need_lines(cover: Cover, found: Configured) -> Iterator[str]:
    yield from purpose_lines(found)
    yield f"Sự cần thiết, theo bên kiểm soát: {or_blank(cover.stated.necessity)}."


def _risk_lines() -> Iterator[str]:
    yield (
        f"{len(risks())} nhóm rủi ro đã nhận diện, biện pháp tương ứng và phần còn lại nêu tại "
        "Phụ lục VI. Phần còn lại là điều phần mềm không chặn được, cần quy chế của cơ quan."
    )


def _risks_annex(found: Configured) -> Annex:
    rows = [(one["vi"], _answers(one["measures"], found), one["left"]) for one in risks()]
    heads = (("Rủi ro", 46), ("Biện pháp (hiện trạng)", 0), ("Phần còn lại", 48))
    return Annex(
        label="Phụ lục VI",
        title=("Rủi ro, biện pháp và phần còn lại",),
        tables=(words_table(heads, rows),),
    )


def _answers(codes: list[str], found: Configured) -> str:
    """The measures that answer a risk, each with whether it is on."""
    known = [one for one in found.measures if one.code in codes]
    said = [f"{one.name.vi}: {'có' if one.is_on else 'KHÔNG'}" for one in known]
    return "; ".join(said) or "không áp dụng: kênh chưa được cấu hình"


def _english(cover: Cover, found: Configured) -> Iterator[str]:
    yield from summed_up(cover, found)
    yield f"{len(risks())} groups of risks are assessed in Annex VI."
    following = months_later(cover.today, UPDATED_EVERY_MONTHS)
    day = day_words(following, "en")
    yield f"To be updated every {UPDATED_EVERY_MONTHS} months; next on {day}."
