"""Where words stand on a page decides how they are read."""

import pytest

from vungxanh.documents.letterfiles.pages.boxes import Page, Stroke, Word
from vungxanh.documents.letterfiles.pages.flow import lines_of
from vungxanh.documents.letterfiles.pages.letter import letter_of
from vungxanh.documents.letterfiles.pages.running import without_running_lines

SIZE = 12.0
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
LONG = "Thực hiện ý kiến chỉ đạo của cấp trên, các đơn vị khẩn trương triển khai ngay"


def typed(left: float, base: float, text: str, *, size: float = SIZE) -> list[Word]:
    """Words of a line in a type of which each sign is half as wide as high, blanks a quarter."""
    words = []
    for word in text.split(" "):
        words.append(Word(word, left, left + len(word) * size / 2, base, size))
        left += len(word) * size / 2 + size / 4
    return words


def page(*lines: list[Word], **strokes: tuple[Stroke, ...]) -> Page:
    return Page(595, 842, tuple(word for line in lines for word in line), **strokes)


def read(*lines: list[Word], **strokes: tuple[Stroke, ...]) -> list[str]:
    return [line.text for line in lines_of(page(*lines, **strokes))]


def grid(xs: list[float], ys: list[float]) -> dict[str, tuple[Stroke, ...]]:
    """All lines of a table."""
    return {
        "across": tuple(Stroke(y, xs[0], xs[-1]) for y in ys),
        "down": tuple(Stroke(x, ys[0], ys[-1]) for x in xs),
    }


def test_a_letterhead_is_read_left_column_first() -> None:
    assert read(
        typed(100, 80, "UBND TỈNH X"),
        typed(300, 80, STATE),
        typed(110, 94, "SỞ Y TẾ"),
        typed(330, 96, "Độc lập - Tự do - Hạnh phúc"),
        typed(100, 120, "Số: 12/SYT-VP"),
        typed(320, 121, "X, ngày 3 tháng 8 năm 2021"),
        typed(90, 134, "V/v khai báo y tế"),
        typed(85, 180, LONG),
    ) == [
        *("UBND TỈNH X", "SỞ Y TẾ", "Số: 12/SYT-VP", "V/v khai báo y tế"),
        *(STATE, "Độc lập - Tự do - Hạnh phúc", "X, ngày 3 tháng 8 năm 2021", LONG),
    ]


def test_columns_of_different_line_heights_are_still_columns() -> None:
    left = [typed(90, 80 + 14 * n, f"bên trái {n}") for n in range(6)]
    right = [typed(320, 82 + 17 * n, f"bên phải {n}") for n in range(5)]
    got = read(*left, *right)
    assert got == [f"bên trái {n}" for n in range(6)] + [f"bên phải {n}" for n in range(5)]


def test_a_name_far_below_stays_on_the_signing_side() -> None:
    assert read(
        typed(85, 580, LONG),
        typed(85, 620, "Nơi nhận:"),
        typed(350, 620, "KT. GIÁM ĐỐC"),
        typed(85, 634, "- Như trên;"),
        typed(345, 634, "PHÓ GIÁM ĐỐC"),
        typed(85, 646, "- Lưu: VT."),
        typed(340, 710, "Nguyễn Văn Mẫu"),
    ) == [
        *(LONG, "Nơi nhận:", "- Như trên;", "- Lưu: VT."),
        *("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn Mẫu"),
    ]


def test_text_right_below_the_columns_is_not_drawn_into_them() -> None:
    got = read(
        typed(90, 80, "Đơn vị A"),
        typed(350, 80, "Đơn vị B"),
        typed(90, 94, "Phòng 1"),
        typed(350, 94, "Phòng 2"),
        typed(90, 140, "Kính gửi: C"),
    )
    assert got == ["Đơn vị A", "Phòng 1", "Đơn vị B", "Phòng 2", "Kính gửi: C"]


def test_a_title_below_the_columns_is_a_paragraph_of_its_own() -> None:
    text = letter_of(
        [
            page(
                typed(90, 80, "Đơn vị A"), typed(350, 80, "Đơn vị B"),
                typed(90, 94, "Phòng 1"), typed(350, 94, "Phòng 2"),
                typed(320, 130, "CÔNG ĐIỆN", size=14), typed(85, 160, LONG),
            )
        ],
        was_scanned=False,
    ).text  # fmt: skip
    assert text == f"Đơn vị A\nPhòng 1\n\nĐơn vị B\nPhòng 2\n\nCÔNG ĐIỆN\n\n{LONG}"


def test_wide_blanks_of_justified_lines_are_no_columns() -> None:
    words = [
        Word("chữ", 85 + 60 * n, 110 + 60 * n, base, SIZE) for n in range(7) for base in (80, 96)
    ]
    assert read(words) == ["chữ chữ chữ chữ chữ chữ chữ"] * 2


@pytest.mark.parametrize(
    "labels", [("-", "-"), ("1.", "2."), ("Họ tên:", "Chức vụ:"), ("a)", "b)")]
)
def test_bullets_and_labels_stay_with_their_words(labels: tuple[str, str]) -> None:
    got = read(
        typed(85, 80, labels[0]), typed(180, 80, "một việc"),
        typed(85, 96, labels[1]), typed(180, 96, "hai việc"),
    )  # fmt: skip
    assert got == [f"{labels[0]}    một việc", f"{labels[1]}    hai việc"]


def test_names_and_figures_side_by_side_stay_rows() -> None:
    got = read(
        typed(85, 80, "Quy Nhơn"), typed(300, 80, "75.878"),
        typed(85, 96, "Hoài Nhơn"), typed(300, 96, "25.809"),
    )  # fmt: skip
    assert got == ["Quy Nhơn    75.878", "Hoài Nhơn    25.809"]


def test_a_table_without_lines_is_read_row_by_row() -> None:
    got = read(
        typed(85, 80, "Đơn vị"), typed(250, 80, "Dân số"), typed(400, 80, "Tỷ lệ"),
        typed(85, 96, "Thành phố Quy Nhơn"), typed(250, 96, "290.229"), typed(400, 96, "26,14"),
    )  # fmt: skip
    assert got == ["Đơn vị\tDân số\tTỷ lệ", "Thành phố Quy Nhơn\t290.229\t26,14"]


def test_a_ruled_table_joins_lines_of_a_cell_and_keeps_empty_cells() -> None:
    got = read(
        typed(85, 50, "Trước bảng"),
        typed(85, 96, "Huyện Vĩnh"), typed(200, 104, "3.302"),
        typed(85, 110, "Thạnh"),
        typed(85, 132, "Huyện Tuy Phước"),
        typed(85, 200, "Sau bảng"),
        **grid([80, 190, 300, 400], [80, 118, 140]),
    )  # fmt: skip
    assert got == ["Trước bảng", "Huyện Vĩnh Thạnh\t3.302\t", "Huyện Tuy Phước\t\t", "Sau bảng"]


def test_merged_cells_of_a_ruled_table_are_said_once() -> None:
    lines = grid([80, 200, 300, 400], [80, 100, 120, 140])
    across = (*(s for s in lines["across"] if s.at != 100), Stroke(100, 200, 400))
    down = (*(s for s in lines["down"] if s.at != 300), Stroke(300, 100, 140))
    got = read(
        typed(85, 105, "Đơn vị"), typed(210, 94, "Tỷ lệ trên"),
        typed(210, 114, "dân số"), typed(310, 114, "máy"),
        typed(85, 134, "Quy Nhơn"), typed(210, 134, "26,14"), typed(310, 134, "26,71"),
        across=across, down=down,
    )  # fmt: skip
    assert got == ["Đơn vị\tTỷ lệ trên\t", "\tdân số\tmáy", "Quy Nhơn\t26,14\t26,71"]


def test_a_table_open_at_its_sides_is_a_table() -> None:
    lines = grid([80, 200, 300], [80, 100, 120])
    down = tuple(stroke for stroke in lines["down"] if stroke.at == 200)
    got = read(
        typed(85, 94, "A"), typed(210, 94, "B"), typed(85, 114, "1"), typed(210, 114, "2"),
        across=lines["across"], down=down,
    )  # fmt: skip
    assert got == ["A\tB", "1\t2"]


def test_a_frame_around_words_is_no_table() -> None:
    assert read(typed(85, 94, "HỎA TỐC"), **grid([80, 200], [80, 100])) == ["HỎA TỐC"]


def test_a_raised_figure_stays_in_its_line() -> None:
    words = [*typed(85, 80, "Hà Nội"), *typed(125, 76, "2", size=7), *typed(135, 80, "là thủ đô")]
    assert read(words) == ["Hà Nội 2 là thủ đô"]


def test_page_numbers_and_repeated_heads_are_dropped() -> None:
    pages = [
        page(typed(85, 30, "CÔNG BÁO"), typed(85, 100, "một")),
        page(typed(85, 30, "CÔNG BÁO"), typed(290, 45, "2"), typed(85, 100, "hai")),
        page(typed(85, 30, "CÔNG BÁO"), typed(290, 815, "- 3 -"), typed(85, 100, "2")),
    ]
    kept = [[word.text for word in each.words] for each in without_running_lines(pages)]
    assert kept == [["CÔNG", "BÁO", "một"], ["hai"], ["2"]]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    first = page(typed(120, 700, LONG[:-6]), typed(85, 716, LONG), typed(85, 732, LONG))
    second = page(typed(85, 80, "theo quy định."), typed(120, 96, "Trân trọng./."))
    text = letter_of([first, second], was_scanned=False).text
    assert text == f"{LONG[:-6]}\n{LONG}\n{LONG}\ntheo quy định.\n\nTrân trọng./."


def test_a_table_goes_on_over_the_end_of_a_page_without_its_repeated_head() -> None:
    lines = grid([80, 200, 300], [80, 100, 120])
    head = [typed(85, 94, "Đơn vị"), typed(210, 94, "Dân số")]
    pages = [
        page(*head, typed(85, 114, name), typed(210, 114, figure), **lines)
        for name, figure in (("Quy Nhơn", "290.229"), ("An Nhơn", "175.816"))
    ]
    text = letter_of(pages, was_scanned=False).text
    assert text == "Đơn vị\tDân số\nQuy Nhơn\t290.229\nAn Nhơn\t175.816"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("số 1904/UBND-", "KGVX ngày 6/5", "số 1904/UBND-KGVX\nngày 6/5"),
        ("trước ngày 28/", "8/2020.", "trước ngày 28/8/2020."),
        ("Độc lập -", "Tự do", "Độc lập -\nTự do"),
    ],
)
def test_no_line_ends_inside_a_number_or_a_name(first: str, second: str, joined: str) -> None:
    lines = page(typed(85, 80, LONG), typed(85, 96, f"{LONG} {first}"), typed(85, 112, second))
    text = letter_of([lines], was_scanned=False).text
    assert text.removeprefix(f"{LONG}\n{LONG} ") == joined
