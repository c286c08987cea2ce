"""Every parser of bytes answers or refuses, whatever it is given; nothing else comes out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.protocol.parsers import TARGETS, Target
from tools.fuzz_protocol import BATCH, main, report, run_batch, tried
from vungxanh.protocol.refusals import ProtocolError, wrong_length

PARSERS = sorted(TARGETS)


@st.composite
def changed(draw: st.DrawFn, valid: tuple[bytes, ...]) -> bytes:
    """A valid input of which one piece is another, or is gone."""
    content = draw(st.sampled_from(valid))
    begin = draw(st.integers(0, len(content)))
    end = draw(st.integers(begin, len(content)))
    return content[:begin] + draw(st.binary(max_size=12)) + content[end:]


@pytest.mark.slow
@pytest.mark.parametrize("name", PARSERS)
def test_any_bytes_are_answered_or_refused(name: str) -> None:
    target = TARGETS[name]

    @settings(deadline=None)
    @given(st.binary(max_size=300) | changed(target.valid))
    def holds(content: bytes) -> None:
        assert tried(target.parse, content)[1] == ""

    holds()


@pytest.mark.parametrize("name", PARSERS)
def test_inputs_that_changes_begin_with_are_answered(name: str) -> None:
    target = TARGETS[name]
    assert [tried(target.parse, content) for content in target.valid] == [(True, "")] * len(
        target.valid
    )


@pytest.mark.parametrize("name", PARSERS)
def test_valid_inputs_cut_off_anywhere_are_answered_or_refused(name: str) -> None:
    target = TARGETS[name]
    cut = [content[:n] for content in target.valid for n in range(len(content))]
    assert {tried(target.parse, content)[1] for content in cut} == {""}


@pytest.mark.slow
@pytest.mark.parametrize("name", PARSERS)
def test_a_thousand_garbled_inputs_bring_nothing_else(name: str) -> None:
    n_answered, failure = run_batch(name, 4, 0, n=1100)
    assert failure is None
    assert 0 < n_answered <= 1100


def torn(content: bytes) -> object:
    """A parser that reads past the end of what it got."""
    if len(content) < 4:
        raise wrong_length("content", (len(content), 4))
    return content[content[0]]


def test_a_parser_that_reads_too_far_is_found_with_its_input() -> None:
    target = Target(torn, (b"\x02abc", b"\x01abcdef"))
    _, failure = run_batch("torn", 4, 0, target=target)
    assert failure is not None
    assert failure.said == "IndexError: index out of range"
    with pytest.raises(IndexError):
        torn(failure.content)
    assert failure.content.hex() in report(failure, 4)


def test_refusals_are_no_failures() -> None:
    def refuse(content: bytes) -> object:
        raise wrong_length("content", (len(content), 1000))

    assert run_batch("refuse", 4, 0, n=50, target=Target(refuse, (b"x",))) == (0, None)
    assert issubclass(ProtocolError, Exception)


@pytest.mark.slow
def test_the_program_counts_what_it_tried(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--inputs", "1", "--seed", "4", "--processes", "1"]) == 0
    said = capsys.readouterr().out
    assert f"{BATCH * len(PARSERS):,} inputs of seed 4: a value or a refusal each" in said
    assert all(name in said for name in PARSERS)


def test_one_input_is_tried_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--parser", "exports.parsed", "--input", "00"]) == 0
    assert capsys.readouterr().out == "refused\n"
