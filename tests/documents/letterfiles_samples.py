"""Letter files for tests of reading (all invented): text in old sets, DOCX, PDF and noisy scans."""

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from vungxanh.documents.letterfiles import LetterText, Picture, read_letter_file
from vungxanh.documents.letterfiles.legacy.tcvn3 import LETTERS
from vungxanh.documents.letterfiles.legacy.vni import ALONE, MARKS

SENTENCES: Final = (
    "Thực hiện ý kiến chỉ đạo của UBND tỉnh, Sở Y tế đề nghị các huyện, thị xã, thành"
    " phố khẩn trương triển khai khai báo y tế điện tử, báo cáo kết quả trước ngày 28/8/2021.\n"
    "Kính đề nghị Quý cơ quan quan tâm, phối hợp thực hiện nghiêm túc các nội dung nêu trên./.\n"
)
BODY: Final = '<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>'
WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
GREY = NDArray[np.float32]


def read(content: bytes, name: str = "thu.docx") -> LetterText:
    """A letter without a machine for pictures."""
    return read_letter_file(content, name=name)


# Text in sets before Unicode.


def in_tcvn3(text: str) -> str:
    """Text as it is typed in TCVN3 faces: capitals with a tone have the signs of small letters."""
    codes = {letter: sign for sign, letter in LETTERS.items()}
    return "".join(codes.get(x) or codes.get(x.lower(), x) for x in text)


def in_vni(text: str) -> str:
    """Text as it is typed in VNI faces."""
    return "".join(_vni(letter) for letter in unicodedata.normalize("NFC", text))


def _vni(letter: str) -> str:
    small = letter.lower()
    alone = {said: sign for sign, said in ALONE.items()}
    if small in alone:
        typed = alone[small]
    else:
        base, *marks = list(unicodedata.normalize("NFD", small))
        horn = "\u031b" in marks
        own = "".join(sorted(m for m in marks if m != "\u031b"))
        signs = {"".join(sorted(marks)): sign for sign, marks in MARKS.items()}
        typed = ({"o": "ô", "u": "ö"}[base] if horn else base) + signs.get(own, "")
    return typed.upper() if letter != small else typed


# Word documents, as raw parts.


def docx(body: str, **parts: str) -> bytes:
    """A DOCX with this XML in its body; further parts by name ("numbering", "styles")."""
    return container({"word/document.xml": document(body)} | {
        f"word/{name}.xml": part for name, part in parts.items()
    })  # fmt: skip


def document(body: str) -> str:
    """The part of the document."""
    return f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'


def container(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return file.getvalue()


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph in one run, with properties of the paragraph and of the run."""
    words = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{words}</w:p>"


def in_list(text: str, *, list_id: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(text, place)


def cell(*texts: str, properties: str = "") -> str:
    """A cell with a paragraph for each text."""
    content = "".join(paragraph(text) for text in texts) or paragraph("")
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: Sequence[str], ruled: bool = True) -> str:
    """A table of ready cells."""
    sides = '<w:tblBorders><w:insideV w:val="single"/></w:tblBorders>' if ruled else ""
    lines = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{sides}</w:tblPr>{lines}</w:tbl>"


# PDF files, written by hand.


def pdf(*contents: bytes, face: str = "Times-Roman", page: str = "") -> bytes:
    """A PDF with a page for each content stream; `page` is put into the dictionary of each."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(contents)))
    font = f"<</Type/Font/Subtype/Type1/BaseFont/{face}/Encoding/WinAnsiEncoding>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}/MediaBox[0 0 595 842]>>".encode(),
        font.encode(),
    ]
    for n, content in enumerate(contents):
        resources = f"/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * n} 0 R {page}"
        objects.append(f"<</Type/Page/Parent 2 0 R{resources}>>".encode())
        objects.append(_stream(content))
    return _written(objects)


def show(x: float, y: float, text: str, *, size: int = 12) -> bytes:
    """Operators that show a line of Latin-1 text; y counts up from the lower edge."""
    literal = (
        text.encode("latin-1").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    )
    return b"BT /F %d Tf %f %f Td (%s) Tj ET\n" % (size, x, y, literal)


def packed_pdf(content: bytes) -> bytes:
    """A PDF of one page whose content stream is packed."""
    return _written(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
            b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
            _stream(zlib.compress(content, 9), "/Filter/FlateDecode"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
        ]
    )


def pdf_of_pictures(*pictures: NDArray[np.uint8], dpi: int = 300) -> bytes:
    """A PDF of grey pictures alone, as a scanner writes it."""
    kids = " ".join(f"{3 + 3 * n} 0 R" for n in range(len(pictures)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pictures)}>>".encode(),
    ]
    for n, picture in enumerate(pictures):
        height, width = picture.shape
        across, up = width * 72 / dpi, height * 72 / dpi
        links = f"/Resources<</XObject<</I {5 + 3 * n} 0 R>>>>/Contents {4 + 3 * n} 0 R"
        shape = f"/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8"
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {across} {up}]{links}>>".encode(),
            _stream(f"{across} 0 0 {up} 0 0 cm /I Do".encode()),
            _stream(
                zlib.compress(picture.tobytes()),
                f"/Type/XObject{shape}/ColorSpace/DeviceGray/Filter/FlateDecode",
            ),
        ]
    return _written(objects)


def _stream(content: bytes, entries: str = "") -> bytes:
    head = f"<</Length {len(content)}{entries}>>stream\n".encode()
    return head + content + b"\nendstream"


def _written(objects: Sequence[bytes]) -> bytes:
    file, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(file), len(places) + 1
    file += b"xref\n0 %d\n0000000000 65535 f \n" % size
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    file += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)
    return bytes(file)


# Scans.


def scanned(content: bytes, seed: int = 7) -> list[NDArray[np.uint8]]:
    """The pages of a PDF as a poor scanner gives them at 300 dpi: askew, soft, grainy, specked."""
    chance = np.random.default_rng(seed)
    with pypdfium2.PdfDocument(content) as opened:
        return [_scan(_rendered(page), chance) for page in opened]


def _rendered(page: pypdfium2.PdfPage, dpi: int = 300) -> GREY:
    bitmap = page.render(scale=dpi / 72, grayscale=True)
    rows = np.frombuffer(bytes(bitmap.buffer), np.uint8).reshape(bitmap.height, bitmap.stride)
    return rows[:, : bitmap.width].astype(np.float32)


def _scan(page: GREY, chance: np.random.Generator) -> NDArray[np.uint8]:
    grainy = _blurred(_turned(page, degrees=0.7)) + chance.normal(0, 14, page.shape)
    specks = chance.random(page.shape)
    grainy[specks < 0.0008] = 0
    grainy[specks > 0.9992] = 255
    return np.clip(grainy, 0, 255).astype(np.uint8)


def _turned(page: GREY, *, degrees: float) -> GREY:
    """The page turned about its middle; what comes in from outside is white."""
    height, width = page.shape
    angle = np.deg2rad(degrees)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = across - width / 2, down - height / 2
    columns = np.rint(x * np.cos(angle) + y * np.sin(angle) + width / 2).astype(int)
    rows = np.rint(y * np.cos(angle) - x * np.sin(angle) + height / 2).astype(int)
    is_inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    turned = np.full_like(page, 255)
    turned[is_inside] = page[rows[is_inside], columns[is_inside]]
    return turned


def _blurred(page: GREY, *, sigma: float = 0.8) -> GREY:
    steps = range(-3, 4)
    weights = np.exp(-(np.array(steps) ** 2) / (2 * sigma**2))
    weights /= weights.sum()
    for axis in (0, 1):
        page = sum(np.roll(page, n, axis) * w for n, w in zip(steps, weights, strict=True))
    return page


def png(picture: NDArray[np.uint8], palette: bytes = b"") -> bytes:
    """A PNG of one byte a pixel: grey, or places in a palette."""
    height, width = picture.shape
    rows = b"".join(b"\0" + row.tobytes() for row in picture)
    head = struct.pack(">IIBBBBB", width, height, 8, 3 if palette else 0, 0, 0, 0)
    colours = _chunk(b"PLTE", palette) if palette else b""
    packed = _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + colours + packed


def _chunk(kind: bytes, said: bytes) -> bytes:
    return struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))


def grey_of(picture: Picture) -> NDArray[np.uint8]:
    """The pixels of a PGM."""
    head, _, rows = picture.content.partition(b" 255\n")
    width, height = map(int, head.split()[1:])
    return np.frombuffer(rows, np.uint8).reshape(height, width)


class Shown:
    """A machine that reads what it was told before, whatever the picture."""

    def __init__(self, *tables: str) -> None:
        self._tables = list(tables)
        self.pictures: list[Picture] = []

    def read(self, picture: Picture) -> str:
        """The next table."""
        self.pictures.append(picture)
        return self._tables[min(len(self.pictures), len(self._tables)) - 1]


def tsv(*words: tuple[int, int, int, str], width: int = 2480, height: int = 3508) -> str:
    """Tesseract's table of words, each (line, left, lower edge, text), 20 pixels a letter."""
    head = "level page_num block_num par_num line_num word_num left top width height conf text"
    page = f"1\t1\t0\t0\t0\t0\t0\t0\t{width}\t{height}\t-1\t"
    lines = [
        f"5\t1\t1\t1\t{line}\t{n}\t{left}\t{low - 40}\t{20 * len(text)}\t40\t90\t{text}"
        for n, (line, left, low, text) in enumerate(words, start=1)
    ]
    return "\n".join([head.replace(" ", "\t"), page, *lines])
