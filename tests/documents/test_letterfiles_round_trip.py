"""Letters that this software writes are read back with their paragraphs and tables whole."""

import datetime as dt
import shutil
import subprocess
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.documents import samples
from tests.documents.letterfiles_samples import read
from vungxanh.documents.content import (
    Align,
    Annex,
    Authority,
    Column,
    Count,
    Letter,
    Letterhead,
    Paragraph,
    Recipient,
    Serial,
    Share,
    Signature,
    SigningLine,
    Table,
    Text,
    Urgency,
)
from vungxanh.documents.formats import Format, write
from vungxanh.documents.letters import printed_letter
from vungxanh.documents.printed import PrintedLetter, PrintedTable

MISSING = "LibreOffice Writer is missing. Run: sudo apt-get install libreoffice-writer-nogui"
WRITTEN = (
    "thực hiện ý kiến chỉ đạo của Sở Y tế đề nghị các huyện thị xã triển khai ứng dụng Bluezone"
    " khai báo điện tử trước ngày 28/8/2021, 17h00; 60% dân số 1.234 người (đợt 2) UBND-VX"
    " Covid-19 “đi từng ngõ” kết quả: báo cáo 421/STTTT-CNTT nghiêm túc khuỷu quyết giếng"
)
SYLLABLES = WRITTEN.split(" ")
NAMES = ["Thành phố Quy Nhơn", "Thị xã An Nhơn", "Huyện Vĩnh Thạnh", "Xã Ân Hảo Đông", "Đắk Lắk"]

HEADS = ["Dân số", "Tỷ lệ (%)", "Số máy"]

sentences = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=60).map(" ".join)
phrases = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=7).map(" ".join)
names = st.sampled_from(NAMES)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of names, counts and shares."""
    heads = draw(
        st.lists(st.sampled_from(["Dân số", "Tỷ lệ (%)", "Số máy"]), min_size=1, max_size=4)
    )
    columns = (Column("TT", Align.CENTER), Column("Đơn vị", Align.LEFT), *map(Column, heads))
    counts = st.one_of(
        st.builds(Count, st.one_of(st.none(), st.integers(0, 10**8))),
        st.builds(Share, st.decimals(0, 100, places=2).map(Decimal)),
    )
    rows = draw(st.lists(st.tuples(names, *[counts for _ in heads]), min_size=1, max_size=40))
    numbered = tuple(
        (Count(place), Text(name), *figures) for place, (name, *figures) in enumerate(rows, 1)
    )
    return Table(columns, numbered, caption=draw(st.sampled_from(["", "Bảng 1. Số liệu"])))


@st.composite
def letters(draw: st.DrawFn) -> Letter:
    """A letter of an invented agency."""
    addressees = draw(st.lists(phrases, min_size=1, max_size=5))
    body = draw(
        st.lists(st.builds(Paragraph, sentences, strong=st.booleans()), min_size=2, max_size=9)
    )
    copies = draw(st.lists(phrases, max_size=5))
    annexes = draw(st.lists(tables(), max_size=2))
    return Letter(
        letterhead=Letterhead(agency="Sở Y tế", parent=f"UBND {draw(names)}"),
        serial=Serial(
            symbol="SYT-NVY", number=draw(st.integers(1, 9999)), dated=dt.date(2021, 8, 3)
        ),
        place="Bình Định",
        subject=draw(phrases),
        body=tuple(body),
        signature=Signature(
            (SigningLine("Giám đốc", Authority.FOR_HEAD), SigningLine("Phó Giám đốc")),
            draw(st.sampled_from(["", "Nguyễn Văn Mẫu"])),
        ),
        addressees=tuple(addressees),
        recipients=tuple(Recipient(who, draw(st.sampled_from(["", "để b/c"]))) for who in copies),
        annexes=tuple(Annex(title=(f"BẢNG SỐ {n}",), tables=(t,)) for n, t in enumerate(annexes)),
        urgency=draw(st.sampled_from(list(Urgency))),
    )


def rows_of(table: PrintedTable) -> list[str]:
    heads = [column.head for column in table.columns]
    numbers = [[column.number for column in table.columns]] if table.numbered else []
    total = [table.total] if table.total else []
    return ["\t".join(cells) for cells in (heads, *numbers, *table.rows, *total)]


def pieces_of(letter: PrintedLetter) -> list[str]:
    """What must be read, in the order of reading."""
    left = [letter.head.parent, letter.head.agency, letter.number, letter.subject, letter.urgency]
    right = [letter.head.country, letter.head.motto, letter.day]
    alone = len(letter.addressees) == 1
    dear = [f"{letter.dear} {letter.addressees[0]}"] if alone else [letter.dear, *letter.addressees]
    end = letter.sign_off
    return [
        *(*left, *right, *dear),
        *(part.text for part in letter.body),
        *(end.heading, *end.recipients, *end.lines, end.name),
        *(line for annex in letter.annexes for line in annex.title),
    ]


def flat(text: str) -> str:
    return " ".join(text.split())


def missing(pieces: list[str], text: str) -> list[str]:
    """The pieces that do not follow each other in the text."""
    place, lost = 0, []
    for piece in map(flat, pieces):
        found = text.find(piece, place)
        place = max(place, found + len(piece)) if found >= 0 else place
        lost += [] if found >= 0 else [piece]
    return lost


def assert_whole(letter: Letter, form: Format) -> None:
    text = read(write(letter, form)).text
    printed = printed_letter(letter)
    assert missing(pieces_of(printed), flat(text)) == []
    rows = [row for annex in printed.annexes for each in annex.tables for row in rows_of(each)]
    assert [line for line in text.split("\n") if "\t" in line] == rows


@pytest.mark.slow
@given(letters())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_docx_is_read_back_whole(letter: Letter) -> None:
    assert_whole(letter, Format.DOCX)


@pytest.mark.slow
@given(letters())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_pdf_is_read_back_whole(letter: Letter) -> None:
    assert_whole(letter, Format.PDF)


@pytest.mark.parametrize("form", [Format.DOCX, Format.PDF])
def test_paragraphs_and_lines_of_a_letter_are_kept_apart(form: Format) -> None:
    letter = samples.letter(number=12, dated=dt.date(2021, 5, 27))
    paragraphs = [flat(part) for part in read(write(letter, form)).text.split("\n\n")]
    printed = printed_letter(letter)
    assert [p.text for p in printed.body if flat(p.text) not in paragraphs] == []
    assert flat("\n".join(("Nơi nhận:", *printed.sign_off.recipients))) in paragraphs
    assert "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC" in paragraphs


@pytest.mark.slow
def test_a_pdf_by_another_program_reads_like_our_own(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, MISSING
    letter = samples.letter(number=12, dated=dt.date(2021, 5, 27))
    source = tmp_path / "thu.docx"
    source.write_bytes(write(letter, Format.DOCX))
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, own, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    theirs = read(source.with_suffix(".pdf").read_bytes()).text
    assert flat(theirs) == flat(read(write(letter, Format.PDF)).text)
    assert [line for line in theirs.split("\n") if "\t" in line] == [
        row for annex in printed_letter(letter).annexes for t in annex.tables for row in rows_of(t)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("form", [Format.DOCX, Format.PDF])
def test_a_letter_of_two_pages_is_read_in_a_tenth_of_a_second_of_computing(form: Format) -> None:
    long = Paragraph(f"{WRITTEN} {WRITTEN}")
    letter = samples.letter_without_annex()
    content = write(
        Letter(
            letter.letterhead, letter.serial, letter.place, letter.subject, (long,) * 10,
            letter.signature, recipients=letter.recipients,
        ),
        form,
    )  # fmt: skip
    assert read(content).n_pages in {None, 2}
    assert min(seconds(content) for _ in range(9)) < 0.1


def seconds(content: bytes) -> float:
    began = time.process_time()
    read(content)
    return time.process_time() - began
