"""Word documents as LibreOffice lays them out."""

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from tests.documents import samples
from vungxanh.documents.content import Document
from vungxanh.documents.formats import Format, write

MISSING = "LibreOffice Writer is missing. Run: sudo apt-get install libreoffice-writer-nogui"

pytestmark = pytest.mark.slow


def laid_out(document: Document, folder: Path) -> list[str]:
    """The text of each page that LibreOffice makes of the DOCX."""
    office = shutil.which("soffice")
    assert office, MISSING
    source = folder / "document.docx"
    source.write_bytes(write(document, Format.DOCX))
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, own, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    opened = pypdfium2.PdfDocument(source.with_suffix(".pdf"))
    with opened:
        return [page.get_textpage().get_text_range() for page in opened]


def words(text: str) -> str:
    return " ".join(text.split())


def test_an_annex_fits_one_page_and_reads_as_the_pdf(tmp_path: Path) -> None:
    document = samples.frozen_binh_dinh()
    made = pypdfium2.PdfDocument(write(document, Format.PDF))
    with made:
        ours = words(made[0].get_textpage().get_text_range())
    found = laid_out(document, tmp_path)
    assert len(found) == 1
    assert sorted(words(found[0]).split()) == sorted(ours.split())


def test_a_letter_and_its_annex_stand_on_pages_of_their_own(tmp_path: Path) -> None:
    found = laid_out(samples.letter(number=7), tmp_path)
    assert [page.splitlines()[0].strip() for page in found] == ["UBND TỈNH BÌNH ĐỊNH", "Phụ lục"]
    assert "Số: 07/STTTT-TTBCXB" in words(found[0])


def test_a_long_table_repeats_its_head_on_numbered_pages(tmp_path: Path) -> None:
    found = laid_out(samples.binh_dinh(times=6), tmp_path)
    assert len(found) >= 3
    assert all("(5)=(3)/(4)" in page for page in found)
    assert found[1].splitlines()[0].strip() == "2"
