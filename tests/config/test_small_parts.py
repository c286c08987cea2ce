"""The demo's password and box, the doctor's sentences, the site's addresses."""

import os
from pathlib import Path

import pytest

from vungxanh.config import checkup, demo, serving
from vungxanh.config import tls as tls_module
from vungxanh.config.demo_run import box
from vungxanh.config.language import cli_language
from vungxanh.config.serving import PortError, Site, site
from vungxanh.refusals import Words


def test_password_is_made_once_and_closed_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(demo.PASSWORD, raising=False)
    made = demo.demo_password(tmp_path)
    assert demo.demo_password(tmp_path) == made
    assert len(made) >= 12
    assert (tmp_path / "demo-password").stat().st_mode & 0o077 == 0


def test_box_is_as_wide_as_its_longest_line() -> None:
    assert box(["ngắn", "dài hơn"]).splitlines() == [
        "┌─────────┐",
        "│ ngắn    │",
        "│ dài hơn │",
        "└─────────┘",
    ]


@pytest.mark.parametrize(
    ("tls", "bind", "addresses"),
    [
        ("", "", ("127.0.0.1", "::1")),
        ("1", "", ("0.0.0.0", "::")),  # noqa: S104
        ("1", "10.0.0.5, ::1", ("10.0.0.5", "::1")),
    ],
)
def test_site_stays_on_this_machine_unless_asked(
    monkeypatch: pytest.MonkeyPatch, tls: str, bind: str, addresses: tuple[str, ...]
) -> None:
    monkeypatch.setenv("TLS", tls)
    monkeypatch.setenv("VUNGXANH_BIND", bind)
    monkeypatch.setattr(tls_module, "lan_addresses", lambda: ("10.0.0.5",))
    assert site().addresses == addresses


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80 "])
def test_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(PortError) as refused:
        site()
    assert refused.value.code == "config.port_number"


def test_addresses_of_the_network_are_shown_only_when_they_answer() -> None:
    closed = Site(8000, serving.LOOPBACK, is_tls=False, lan=("10.0.0.5",))
    opened = Site(8443, serving.EVERYWHERE, is_tls=True, lan=("10.0.0.5",))
    assert closed.urls == ["http://localhost:8000"]
    assert opened.urls == ["https://localhost:8443", "https://10.0.0.5:8443"]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "C.UTF-8"}, "vi"),
        ({"LANG": "vi_VN.UTF-8", "VUNGXANH_LANG": "en"}, "en"),
        ({}, "vi"),
    ],
)
def test_command_line_speaks_the_reader_s_language_or_vietnamese(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    for variable in ("VUNGXANH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    assert cli_language() == language


def test_doctor_s_line_carries_a_sign_and_a_sentence_in_both_languages() -> None:
    found = checkup.result(
        "disk", is_well=False, well=Words("tốt", "fine"), wrong=Words("đầy", "full")
    )
    assert (found.line("vi"), found.line("en")) == ("✗ đầy", "✗ full")
    assert found.as_dict() == {
        "name": "disk",
        "well": False,
        "warning": False,
        "message": {"vi": "đầy", "en": "full"},
    }


def test_doctor_tries_no_database_where_it_cannot_write(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VUNGXANH_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    found = {look.name: look.is_well for look in checkup.examine()}
    assert found["home"] is False
    assert "database" not in found
