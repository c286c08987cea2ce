"""The address on posters: read once, refused where phones could not open it."""

import os

import pytest
from django.test import RequestFactory, override_settings

from vungxanh.config import checkup
from vungxanh.config.address import VARIABLE
from vungxanh.config.address import public_address as said
from vungxanh.config.demo_run import _start
from vungxanh.config.serving import Site
from vungxanh.config.variables import VariableError
from vungxanh.core.address import public_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://Vungxanh.Example.gov.vn/", "https://vungxanh.example.gov.vn"),
        ("https://192.168.1.20:8443", "https://192.168.1.20:8443"),
        ("http://192.168.1.20:8000", "http://192.168.1.20:8000"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("", ""),
    ],
)
def test_address_is_read_as_codes_begin(
    monkeypatch: pytest.MonkeyPatch, text: str, address: str
) -> None:
    monkeypatch.setenv(VARIABLE, text)
    assert said() == address


@pytest.mark.parametrize(
    "text",
    [
        "vungxanh.example.gov.vn",
        "http://vungxanh.example.gov.vn",
        "https://vungxanh.example.gov.vn/c/",
        "https://me:secret@vungxanh.example.gov.vn",
        "https://vùng-xanh.vn",
        "https://xn--vng-xanh-j2a.vn",
        "ftp://vungxanh.example.gov.vn",
    ],
)
def test_what_no_code_can_begin_with_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(VARIABLE, text)
    with pytest.raises(VariableError) as refused:
        said()
    assert (refused.value.code, refused.value.field) == ("config.bad_variable", VARIABLE)


@pytest.mark.parametrize(
    ("text", "is_well", "words"),
    [
        ("https://vungxanh.example.gov.vn", True, "https://vungxanh.example.gov.vn"),
        ("http://localhost:8000", False, "localhost"),
        ("https://127.0.0.1", False, "127.0.0.1"),
        ("", False, VARIABLE),
        ("nowhere", False, VARIABLE),
    ],
)
def test_doctor_warns_of_posters_that_no_phone_can_open(
    monkeypatch: pytest.MonkeyPatch, text: str, is_well: bool, words: str
) -> None:
    monkeypatch.setenv(VARIABLE, text)
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # no database is tried
    (found,) = [look for look in checkup.examine() if look.name == "address"]
    assert found.is_well is is_well
    assert words in found.words.vi
    assert words in found.words.en


def test_demo_prints_the_address_of_its_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    given: list[dict[str, str]] = []
    monkeypatch.setattr(
        "vungxanh.config.demo_run.supervisor.start",
        lambda _name, _arguments, environment: given.append(environment),
    )
    _start(Site(8000, ("192.168.1.20",), False, ("192.168.1.20",)))
    assert [one[VARIABLE] for one in given] == ["http://192.168.1.20:8000"] * 2


def test_without_a_setting_the_address_of_the_request_is_taken(rf: RequestFactory) -> None:
    request = rf.get("/diem/", headers={"host": "LocalHost"})
    with override_settings(PUBLIC_ADDRESS=""):
        assert public_address(request) == "http://localhost"
    with override_settings(PUBLIC_ADDRESS="https://vungxanh.example"):
        assert public_address(request) == "https://vungxanh.example"
