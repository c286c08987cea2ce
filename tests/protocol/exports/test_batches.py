"""Batches in several files, their names and the index."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.protocol.exports.samples import HEAD, KEY, LATER, SIGNER, key_lists, outcome
from vungxanh.protocol.exports import (
    ExportError,
    ExportPath,
    Key,
    index_text,
    opened,
    parsed,
    parts,
    paths_in,
    written,
)

paths = st.builds(
    lambda start, length, number: ExportPath("vn/test-1", start, start + length, number),
    st.integers(0, 10**11),
    st.integers(0, 10**6),
    st.integers(1, 99_999),
)


@pytest.mark.slow
@settings(deadline=None)
@given(key_lists, key_lists, st.integers(1, 14))
def test_parts_hold_every_key_once_and_no_part_too_many(
    listed: list[Key], revised: list[Key], most: int
) -> None:
    found = list(parts(HEAD, listed, revised, most=most))
    assert [part.number for part in found] == list(range(1, len(found) + 1))
    assert all(1 <= len(part.keys) + len(part.revised) <= most for part in found)
    kept = [key for part in found for key in part.keys]
    assert kept == sorted(listed, key=lambda key: key.key)
    kept_revised = [key for part in found for key in part.revised]
    assert kept_revised == sorted(revised, key=lambda key: key.key)


def test_one_file_keeps_the_end_of_its_batch() -> None:
    (part,) = parts(HEAD, [LATER, KEY])
    assert (part.head, part.keys) == (HEAD, (KEY, LATER))


def test_files_of_one_batch_differ_by_their_end_and_are_each_one_of_one() -> None:
    found = list(parts(HEAD._replace(batch_num=2, batch_size=2), [KEY, LATER], [KEY], most=1))
    heads = [parsed(opened(written(*part[1:3], [SIGNER])).body).head for part in found]
    assert [head.end for head in heads] == [HEAD.end + 1, HEAD.end + 2, HEAD.end + 3]
    assert {(head.start, head.batch_num, head.batch_size) for head in heads} == {(HEAD.start, 1, 1)}
    assert [(len(part.keys), len(part.revised)) for part in found] == [(1, 0), (1, 0), (0, 1)]


def test_a_batch_without_keys_has_no_file() -> None:
    assert list(parts(HEAD, [])) == []


@pytest.mark.slow
def test_more_files_than_names_have_numbers_are_refused() -> None:
    listed = [KEY] * 100_000
    assert outcome(lambda: list(parts(HEAD, listed, most=1))) == "protocol.export_head"


def test_a_path_has_five_digits_for_the_file() -> None:
    assert str(ExportPath("vn", 1_590_062_400, 1_590_105_600, 7)) == (
        "vn/1590062400-1590105600-00007.zip"
    )


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(paths, max_size=8))
def test_the_index_is_read_as_it_was_written_oldest_first(listed: list[ExportPath]) -> None:
    text = index_text(listed)
    assert list(paths_in(text)) == sorted(set(listed), key=lambda path: path[1:])
    assert paths_in(text + "\n" if text else text) == paths_in(text)
    assert not text.endswith("\n")


LINE = "vn/1590062400-1590105600-00001.zip"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (LINE.replace("vn/", "/"), 1),
        (LINE.replace("vn/", ""), 1),
        (LINE.replace("vn/", "../"), 1),
        (LINE.replace("vn/", "a/../b/"), 1),
        (LINE.replace("vn/", "a//b/"), 1),
        (LINE.replace("vn/", "https://example.org/"), 1),
        (LINE.replace("vn/", "a\\b/"), 1),
        (LINE.replace("-00001", "-1"), 1),
        (LINE.replace("-00001", "-00000"), 1),
        (LINE.replace("-00001", "-100001"), 1),
        (LINE.replace("1590062400", "01590062400"), 1),
        (LINE.replace("1590062400", "1690062400"), 1),
        (LINE.replace(".zip", ".ZIP"), 1),
        (LINE.replace("1590062400", "１590062400"), 1),
        (f"{LINE}\r\n", 1),
        (f"{LINE}\n{LINE}", 2),
        (f"{LINE.replace('-00001', '-00002')}\n{LINE}", 2),
        (f"{LINE}\n\n", 2),
        ("\n", 1),
        ("a" * 2_000_000, 1),
    ],
    ids=lambda one: ascii(one)[:60],
)
def test_a_line_that_is_no_path_is_named(text: str, line: int) -> None:
    with pytest.raises(ExportError) as refusal:
        paths_in(text)
    assert (refusal.value.code, refusal.value.where) == ("protocol.bad_index", f"line {line}")


@pytest.mark.parametrize(
    "path",
    [
        ExportPath("", 1, 2, 1),
        ExportPath("..", 1, 2, 1),
        ExportPath("a b", 1, 2, 1),
        ExportPath("vn", 2, 1, 1),
        ExportPath("vn", 1, 2, 0),
        ExportPath("vn", 1, 2, 100_000),
        ExportPath("vn", -1, 2, 1),
    ],
)
def test_an_index_lists_no_path_that_it_could_not_be_read_from(path: ExportPath) -> None:
    assert outcome(lambda: index_text([path])) == "protocol.bad_index"
