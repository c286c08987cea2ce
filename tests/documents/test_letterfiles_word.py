"""A DOCX gives the words of its body in their order, with the numbers that Word prints."""

from collections.abc import Callable

import pytest

from tests.documents.letterfiles_samples import (
    SENTENCES,
    cell,
    container,
    document,
    docx,
    in_list,
    in_tcvn3,
    in_vni,
    paragraph,
    read,
    table,
)
from vungxanh.documents.letterfiles import Kind

SPAN = '<w:gridSpan w:val="{}"/>'
BEGINS, CONTINUES = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
FACE = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'
HEAD = (
    cell("UBND TỈNH X", "SỞ Y TẾ"),
    cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
)
SERIAL = (cell("Số: 12/SYT-VP", "V/v khai báo y tế"), cell("X, ngày 3 tháng 8 năm 2021"))
IN_COLUMNS = """UBND TỈNH X
SỞ Y TẾ
Số: 12/SYT-VP
V/v khai báo y tế

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
X, ngày 3 tháng 8 năm 2021"""


def levels(*forms: tuple[str, str], start: int = 1) -> str:
    """An abstract list 0 with these levels (form, text), and lists 1 and 2 of it."""
    each = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(forms)
    )
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    return (
        f'<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">{each}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{anew}</w:num></w:numbering>'
    )


def text(body: str, **parts: str) -> str:
    return read(docx(body, **parts)).text


def lines(body: str, **parts: str) -> list[str]:
    return [line for line in text(body, **parts).split("\n") if line]


def test_paragraphs_are_parted_by_a_blank_line() -> None:
    letter = read(docx(paragraph("Kính gửi: A") + paragraph("") + paragraph("Sở đề nghị:")))
    assert letter.text == "Kính gửi: A\n\nSở đề nghị:"
    assert (letter.kind, letter.n_pages, letter.encoding, letter.warnings) == (
        *(Kind.DOCX, None, None),
        (),
    )


@pytest.mark.parametrize(
    ("form", "printed", "labels"),
    [
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("lowerLetter", "%1)", ["a)", "b)", "c)"]),
        ("upperLetter", "%1.", ["A.", "B.", "C."]),
        ("upperRoman", "%1.", ["I.", "II.", "III."]),
        ("lowerRoman", "(%1)", ["(i)", "(ii)", "(iii)"]),
        ("decimalZero", "%1.", ["01.", "02.", "03."]),
        ("bullet", "\uf0b7", ["-", "-", "-"]),
        ("bullet", "+", ["+", "+", "+"]),
        ("decimal", "Điều %1.", ["Điều 1.", "Điều 2.", "Điều 3."]),
    ],
)
def test_numbers_and_bullets_are_printed(form: str, printed: str, labels: list[str]) -> None:
    numbering = levels((form, printed))
    body = "".join(in_list(f"mục {n}") for n in range(3))
    assert lines(body, numbering=numbering) == [
        f"{label} mục {n}" for n, label in enumerate(labels)
    ]


def test_levels_count_under_each_other_and_start_anew() -> None:
    numbering = levels(("decimal", "%1."), ("decimal", "%1.%2."), ("lowerLetter", "%3)"))
    places = [(0, "A"), (1, "B"), (2, "C"), (2, "D"), (1, "E"), (0, "F"), (1, "G"), (2, "H")]
    body = "".join(in_list(name, level=level) for level, name in places)
    labels = ["1. A", "1.1. B", "a) C", "b) D", "1.2. E", "2. F", "2.1. G", "a) H"]
    assert lines(body, numbering=numbering) == labels


def test_a_list_counts_on_and_a_second_one_may_start_anew() -> None:
    body = in_list("A") + paragraph("giữa") + in_list("B") + in_list("C", list_id=2) + in_list("D")
    assert lines(body, numbering=levels(("decimal", "%1."))) == [
        *("1. A", "giữa", "2. B", "1. C", "2. D"),
    ]


def test_long_lists_go_on_in_letters_and_roman_numbers() -> None:
    letters = lines(
        "".join(in_list("x") for _ in range(28)), numbering=levels(("upperLetter", "%1"))
    )
    romans = lines(in_list("x"), numbering=levels(("upperRoman", "%1"), start=1994))
    assert (letters[25:], romans) == (["Z x", "AA x", "BB x"], ["MCMXCIV x"])


def test_a_style_may_number_its_paragraphs() -> None:
    styles = (
        '<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" '
        'w:styleId="Con"><w:basedOn w:val="Muc"/></w:style></w:styles>'
    )
    body = paragraph("A", '<w:pStyle w:val="Con"/>') + paragraph(
        "B", '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    assert lines(body, numbering=levels(("decimal", "%1.")), styles=styles) == ["1. A", "B"]


def test_an_empty_paragraph_of_a_list_is_not_counted() -> None:
    assert lines(
        in_list("A") + in_list("") + in_list("B"), numbering=levels(("decimal", "%1."))
    ) == [
        *("1. A", "2. B"),
    ]


def test_tables_become_rows_of_cells_in_their_place() -> None:
    rows = (
        [cell("TT"), cell("Đơn vị", "hành chính")],
        [cell("1"), cell("Quy\tNhơn")],
        [cell(), cell()],
    )
    body = paragraph("Trước") + table(*rows) + paragraph("Sau")
    assert text(body) == "Trước\n\nTT\tĐơn vị hành chính\n1\tQuy Nhơn\n\t\n\nSau"


def test_merged_cells_are_said_once() -> None:
    rows = (
        [cell("Đơn vị", properties=BEGINS), cell("Tỷ lệ", properties=SPAN.format(2))],
        [cell("thừa", properties=CONTINUES), cell("dân số"), cell("máy")],
        [cell("Quy Nhơn"), cell("26,14"), cell("26,71")],
    )
    assert text(table(*rows)) == "Đơn vị\tTỷ lệ\t\n\tdân số\tmáy\nQuy Nhơn\t26,14\t26,71"


@pytest.mark.parametrize("ruled", [False, True])
def test_a_letterhead_in_a_table_is_read_column_by_column(ruled: bool) -> None:
    assert text(table(HEAD, SERIAL, ruled=ruled)) == IN_COLUMNS


def test_a_letterhead_set_with_tabs_is_read_column_by_column() -> None:
    tab = '</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t xml:space="preserve">'
    body = (
        paragraph(f"UBND TỈNH X{tab}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + paragraph(f"SỞ Y TẾ{tab}Độc lập - Tự do - Hạnh phúc")
        + paragraph("Kính gửi:")
    )
    assert text(body) == (
        "UBND TỈNH X\nSỞ Y TẾ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
        "\n\nKính gửi:"
    )


def test_the_end_of_a_letter_is_read_column_by_column() -> None:
    end = table(
        [
            cell("Nơi nhận:", "- Như trên;", "- Lưu: VT."),
            cell("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Nguyễn Văn Mẫu"),
        ],
        ruled=False,
    )
    assert text(paragraph("Trân trọng./.") + end) == (
        "Trân trọng./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n"
        "Nguyễn Văn Mẫu"
    )


def test_two_columns_of_figures_stay_a_table() -> None:
    rows = [[cell("Quy Nhơn"), cell("75.878")], [cell("Hoài Nhơn"), cell("25.809")]]
    assert text(table(*rows, ruled=False)) == "Quy Nhơn\t75.878\nHoài Nhơn\t25.809"


def test_insertions_are_read_and_deletions_are_not() -> None:
    changed = (
        "<w:p>" + RUN.format("trước ") + "<w:ins>" + RUN.format("ngày 28/8") + "</w:ins>"
        "<w:del><w:r><w:delText>ngày 20/8</w:delText></w:r></w:del></w:p>"
    )
    gone = "<w:tr><w:trPr><w:del/></w:trPr>" + cell("xóa") + "</w:tr>"
    rows = table([cell("A"), cell("B")]).replace("</w:tbl>", gone + "</w:tbl>")
    letter = read(docx(changed + rows))
    assert letter.text == "trước ngày 28/8\n\nA\tB"
    assert "Track Changes" in letter.warnings[0].vi


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next() -> None:
    body = paragraph("Sở đề ", "<w:rPr><w:del/></w:rPr>") + paragraph("nghị:")
    assert lines(body) == ["Sở đề nghị:"]


def test_fields_give_their_result_and_hidden_words_nothing() -> None:
    code = "<w:r><w:instrText>PAGE</w:instrText></w:r>" + RUN.format("mã")
    body = (
        f"<w:p>{FIELD.format('begin')}{code}{FIELD.format('separate')}{RUN.format('kết quả')}"
        f"{FIELD.format('end')}<w:hyperlink>{RUN.format(' liên kết')}</w:hyperlink></w:p>"
        + paragraph("ẩn", run="<w:vanish/>")
        + paragraph("Sở Y tế", run="<w:caps/>")
    )
    assert lines(body) == ["kết quả liên kết", "SỞ Y TẾ"]


def test_text_boxes_and_notes_are_no_body_and_boxes_are_told() -> None:
    box = (
        "<w:p>" + RUN.format("Thân") + "<w:r><w:pict><w:txbxContent>" + paragraph("trong khung")
        + '</w:txbxContent></w:pict></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    )  # fmt: skip
    letter = read(docx(box, footnotes=paragraph("chú thích"), header1=paragraph("đầu trang")))
    assert letter.text == "Thân"
    assert "Text Box" in letter.warnings[0].vi


def test_breaks_hyphens_and_controls_around_text_are_read() -> None:
    broken = (
        "<w:p>" + RUN.format("KT. GIÁM ĐỐC") + "<w:r><w:br/></w:r>" + RUN.format("PHÓ")
        + '<w:r><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0A8"/></w:r></w:p>'
    )  # fmt: skip
    wrapped = f"<w:sdt><w:sdtContent>{paragraph('trong ô')}</w:sdtContent></w:sdt>"
    assert text(broken + wrapped) == "KT. GIÁM ĐỐC\nPHÓ-☐\n\ntrong ô"


def test_macros_are_told_and_never_opened() -> None:
    parts: dict[str, str | bytes] = {"word/document.xml": document(paragraph("Thân"))}
    parts["word/vbaProject.bin"] = b"\x00"
    letter = read(container(parts), "thu.docm")
    assert letter.text == "Thân"
    assert "macro" in letter.warnings[0].vi


@pytest.mark.parametrize(
    ("face", "typed"), [(".VnTime", in_tcvn3), ("VNI-Times", in_vni)], ids=["tcvn3", "vni"]
)
def test_a_face_of_an_old_set_proves_even_a_few_words(
    face: str, typed: Callable[[str], str]
) -> None:
    letter = read(docx(paragraph(typed("Sở Y tế đề nghị"), run=FACE.format(face))))
    assert letter.text == "Sở Y tế đề nghị"
    assert letter.encoding in {"tcvn3", "vni"}
    assert "đã đổi sang Unicode" in letter.warnings[0].vi


def test_a_face_of_capitals_gives_capitals() -> None:
    body = paragraph("ñy ban nh©n d©n", run=FACE.format(".VnTimeH")) + paragraph(
        "ph­êng Mai DÞch", run=FACE.format(".VnTime")
    )
    assert lines(body) == ["ỦY BAN NHÂN DÂN", "phường Mai Dịch"]


def test_unicode_in_a_face_of_an_old_set_stays() -> None:
    body = paragraph("Sở Y tế và các đơn vị", run=FACE.format(".VnTime"))
    letter = read(docx(body + paragraph("là và", run=FACE.format(".VnTime"))))
    assert (letter.text, letter.warnings) == ("Sở Y tế và các đơn vị\n\nlà và", ())


def test_words_alone_prove_an_old_set_without_a_face() -> None:
    body = "".join(paragraph(in_tcvn3(line)) for line in SENTENCES.splitlines())
    letter = read(docx(body))
    assert letter.text.split("\n\n") == SENTENCES.splitlines()
    assert letter.encoding == "tcvn3"
