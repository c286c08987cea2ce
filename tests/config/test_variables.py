"""Environment variables are understood or refused with one sentence."""

import pytest

from vungxanh.config import variables


def test_number_that_is_set_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUNGXANH_THREADS", "4")
    assert variables.whole_number("VUNGXANH_THREADS", 16) == 4


def test_nothing_set_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VUNGXANH_THREADS", raising=False)
    assert variables.whole_number("VUNGXANH_THREADS", 16) == 16


@pytest.mark.parametrize("text", ["x", "0", "-1", "1.5", "²"])
def test_what_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("VUNGXANH_THREADS", text)
    with pytest.raises(variables.VariableError) as refused:
        variables.whole_number("VUNGXANH_THREADS", 16)
    assert refused.value.code == "config.bad_variable"


def test_unknown_word_is_refused_and_the_known_ones_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VUNGXANH_LOG", "quiet")
    with pytest.raises(variables.VariableError) as refused:
        variables.one_of("VUNGXANH_LOG", ("INFO", "WARNING"), "WARNING")
    assert "INFO, WARNING" in refused.value.words.en
