"""Text files become clean text whatever their character set, TCVN3 and VNI by their words."""

import unicodedata
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.letterfiles_samples import SENTENCES, in_tcvn3, in_vni, read
from vungxanh.documents.letterfiles import Kind, LetterFileError, LetterText
from vungxanh.documents.letterfiles.legacy.faces import set_of_face
from vungxanh.documents.letterfiles.legacy.syllables import is_syllable
from vungxanh.documents.letterfiles.legacy.tcvn3 import from_tcvn3
from vungxanh.documents.letterfiles.legacy.vni import from_vni

VOWELS = "aăâeêioôơuưy"
TONES = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = [
    *"ăâêôơưđ",
    *(unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)),
]
ACCENTED = [*SMALL, *(letter.upper() for letter in SMALL)]
HEAD = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
LETTER = HEAD + SENTENCES
SHORT = "Sở Y tế đề nghị."


def windows_1258(text: str) -> bytes:
    """As Windows writes it: letters of the code page, then their tone marks."""
    return b"".join(_piece(letter) for letter in unicodedata.normalize("NFC", text))


def _piece(letter: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        marks = unicodedata.normalize("NFD", letter)
        tone = next(mark for mark in marks if mark in TONES)
        base = unicodedata.normalize("NFC", marks.replace(tone, ""))
        return (base + tone).encode("cp1258")


def refusal(content: bytes) -> LetterFileError:
    with pytest.raises(LetterFileError) as caught:
        read(content, "thu.txt")
    return caught.value


def txt(content: bytes) -> LetterText:
    return read(content, "thu.txt")


def test_there_are_134_accented_letters() -> None:
    assert len(set(ACCENTED)) == 134


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (LETTER.encode(), "utf-8"),
        (LETTER.encode("utf-8-sig"), "utf-8-sig"),
        (LETTER.encode("utf-16"), "utf-16"),
        (LETTER.encode("utf-16-le"), "utf-16-le"),
        (LETTER.encode("utf-16-be"), "utf-16-be"),
        (unicodedata.normalize("NFD", LETTER).encode(), "utf-8"),
        (windows_1258(LETTER), "windows-1258"),
        (windows_1258(SHORT), "windows-1258"),
    ],
)
def test_modern_sets_are_read_without_a_warning(content: bytes, encoding: str) -> None:
    letter = txt(content)
    assert letter.text in {LETTER, SHORT}
    assert (letter.kind, letter.encoding, letter.warnings) == (Kind.TXT, encoding, ())
    assert (letter.n_pages, letter.was_scanned) == (None, False)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
@pytest.mark.parametrize(("typed", "legacy"), [(in_tcvn3, "tcvn3"), (in_vni, "vni")])
def test_old_sets_are_recognised_converted_and_told(
    typed: Callable[[str], str], legacy: str, encoding: str
) -> None:
    letter = txt(typed(LETTER).encode(encoding))
    assert letter.text == LETTER
    assert (letter.encoding or "").split(",")[0] == legacy
    assert "đã đổi sang Unicode" in letter.warnings[0].vi


@pytest.mark.parametrize("letter", ACCENTED)
def test_every_accented_letter_comes_back_from_vni(letter: str) -> None:
    assert from_vni(in_vni(letter)) == letter


@pytest.mark.parametrize("letter", ACCENTED)
def test_every_accented_letter_comes_back_from_tcvn3_in_its_face(letter: str) -> None:
    is_capital = letter != letter.lower()
    assert from_tcvn3(in_tcvn3(letter), capitals=is_capital) == letter


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("TØNH Hµ NAM", "TỈNH HÀ NAM"),
        ("thµnh phè Hµ Néi", "thành phố Hà Nội"),
        ("ñy ban nh©n d©n", "ủy ban nhân dân"),
        ("Sè: 12/UBND-VX", "Số: 12/UBND-VX"),
        ("Tªn ñY BAN", "Tên ỦY BAN"),
    ],
)
def test_capitals_of_tcvn3_without_faces_follow_the_plain_letters(typed: str, meant: str) -> None:
    assert from_tcvn3(typed) == meant


def test_unicode_lines_stand_beside_lines_in_an_old_set() -> None:
    both = SENTENCES + in_tcvn3(SENTENCES)
    assert txt(both.encode()).text == SENTENCES * 2


@pytest.mark.parametrize("typed", [in_tcvn3, in_vni])
def test_a_few_words_are_no_evidence(typed: Callable[[str], str]) -> None:
    assert txt(typed(SHORT).encode()).text == typed(SHORT)
    assert refusal(typed(SHORT).encode("latin-1")).code == "letters.unknown_encoding"


@pytest.mark.parametrize(
    "text",
    [
        "Le Ministère de la Santé a reçu la décision n° 12 du 3 août 2021 à Hué. " * 5,
        "Größe, Übung, Straße, schön, für, können, müssen, Öl, ähnlich, höher, Tür, süß. " * 5,
        "The letter names 5 districts. " * 20,
    ],
)
def test_other_languages_are_left_alone(text: str) -> None:
    letter = txt(text.encode())
    assert (letter.text, letter.warnings) == (text, ())


def test_unseen_signs_go_and_words_stay() -> None:
    raw = "\ufeffA\u00a0b\r\nc\u200bd\u00ad\re\x0cf\u2028\ufb01n \u202a1\u202c\u0000 Ðống\t|"
    assert txt(raw.encode()).text == "A b\ncd\ne\nf\nfin 1 Đống\t|"


def test_a_table_in_a_text_file_keeps_its_empty_cells() -> None:
    assert txt(b"a\t\t\nb\t1\t2\n").text == "a\t\t\nb\t1\t2\n"


@pytest.mark.parametrize(
    ("face", "said"),
    [
        (".VnTime", ("tcvn3", False)),
        (".VnArialH", ("tcvn3", True)),
        ("ABCDEF+.VnTimeH,Bold", ("tcvn3", True)),
        ("VNI-Times", ("vni", False)),
        ("Times New Roman", (None, False)),
        ("Vni", (None, False)),
    ],
)
def test_faces_say_which_set_they_are_made_for(face: str, said: tuple[str | None, bool]) -> None:
    assert set_of_face(face) == said


def test_syllables_of_the_language_are_told_from_other_words() -> None:
    words = ["giếng", "quyết", "nghiêng", "uỷ", "thuở", "khuỷu", "oằn", "gì", "xoong", "ĐỊA"]
    others = ["Đắk", "hôtel", "càc", "été", "straßé", "thànhphố"]
    assert [word for word in [*words, *others] if is_syllable(word)] == words


@pytest.mark.slow
@given(st.text(max_size=200))
def test_any_text_is_returned_composed_and_without_unseen_signs(text: str) -> None:
    content = ("x " + text).encode(errors="replace")
    try:
        got = txt(content).text
    except LetterFileError as told:
        got = told.words.vi
    assert unicodedata.is_normalized("NFC", got)
    assert not {unicodedata.category(sign) for sign in got} & {"Cf", "Cs", "Co"}
    assert not set(got) & set("\r\x00\x0b\x0c")
