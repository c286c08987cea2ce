"""A file or pasted text, not both, not neither."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from vungxanh.core.bringing import FileOrPastedForm, Original, pasted_table, table_file


class _Form(FileOrPastedForm):
    file = table_file("đến 10 MB")
    pasted = pasted_table(strip=False)


def _form(pasted: str, content: bytes | None) -> _Form:
    return _Form({"pasted": pasted}, None if content is None else _files(content))


def _files(content: bytes) -> MultiValueDict[str, UploadedFile]:
    return MultiValueDict({"file": [SimpleUploadedFile("bang.csv", content)]})


@pytest.mark.parametrize(
    ("pasted", "content", "original", "field"),
    [
        ("\tMột\n", None, Original("\tMột\n".encode(), "", is_pasted=True), "pasted"),
        (" \t\n", b"x", Original(b"x", "bang.csv", is_pasted=False), "file"),
    ],
)
def test_one_of_both_is_brought_as_it_was(
    pasted: str, content: bytes | None, original: Original, field: str
) -> None:
    form = _form(pasted, content)
    assert form.is_valid()
    assert form.original() == original
    assert form.original_field == field


@pytest.mark.parametrize(
    ("pasted", "content", "field", "sentence"),
    [
        (" \t\n", None, "file", "Choose a file, or paste the table below."),
        ("a", b"x", "pasted", "There is a file already."),
    ],
)
def test_both_and_neither_are_said_at_a_field(
    pasted: str, content: bytes | None, field: str, sentence: str
) -> None:
    with translation.override("en"):
        errors = _form(pasted, content).errors
        assert list(errors) == [field]
        assert str(errors[field][0]).startswith(sentence)


def test_an_empty_file_is_said_once() -> None:
    form = _Form({}, _files(b""))
    assert list(form.errors) == ["file"]
    assert len(form.errors["file"]) == 1
