"""No secret in the tree, in what programs print, or in how a value shows itself."""

import math
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, tracked_files
from vungxanh.config.mail import Mail
from vungxanh.core import keys

SECRETS = {
    "VUNGXANH_SECRET_KEY": "sk-con-ran-ho-mang",
    "VUNGXANH_METRICS_TOKEN": "mt-con-ran-ho-mang",
    "VUNGXANH_MAIL_PASSWORD": "mp-con-ran-ho-mang",
    "VUNGXANH_INBOX_PASSWORD": "ip-con-ran-ho-mang",
    "VUNGXANH_SMS_TOKEN": "st-con-ran-ho-mang",
    "VUNGXANH_SMS_WEBHOOK_SECRET": "sw-con-ran-ho-mang",
    "VUNGXANH_OA_TOKEN": "ot-con-ran-ho-mang",
    "VUNGXANH_DATABASE_PASSWORD": "dp-con-ran-ho-mang",
}
READ = """
import django; django.setup()
from django.conf import settings
print(settings.SECRET_KEY, settings.METRICS_TOKEN, settings.MAIL.password,
      settings.INBOX.password, settings.SMS.token, settings.SMS.webhook_secret, settings.OA.token,
      settings.DATABASES["default"].get("PASSWORD", ""))
"""
SHAPES = {
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "cloud key": re.compile(r"\b(AKIA|ASIA)[0-9A-Z]{16}\b"),
    "access token": re.compile(r"\b(gh[pousr]_|glpat-|xox[abprs]-|sk_live_)[0-9A-Za-z_-]{16,}"),
    "signed token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "password in an address": re.compile(
        r"\w+://[^\s/:@{}<>]+:[^\s/:@{}<>]{3,}@[a-z0-9.-]+\.[a-z]"
    ),
}
QUOTED = re.compile(r"[\"'`]([A-Za-z0-9+/_=-]{32,})[\"'`]")
# Bits per character: words stay below, what a generator of keys makes lies above.
LEAST_ENTROPY = 4.3
LONGEST = 3_000_000
# Looked at one by one: what looks like a secret there and is none.
REVIEWED = {
    "requirements/": "digests of packages",
    "tests/data/": "published data, kept byte by byte",
    "tests/protocol/": "published test vectors",
    "tests/exposure/": "keys made for tests",
    "tests/config/test_database.py": "addresses of databases that do not exist",
    "tests/config/test_address.py": "an address with a password, which is refused",
    "vungxanh/protocol/places/short_codes.py": "the alphabet of short codes",
    "frontend/": "digests of fonts and icons",
    "vungxanh/core/static/": "built files with digests in their names",
}


def entropy(text: str) -> float:
    """Bits per character (Shannon)."""
    counts = Counter(text).values()
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts)


def suspicious(text: str) -> Iterator[str]:
    """What looks like a secret, by its kind."""
    for kind, shape in SHAPES.items():
        if shape.search(text):
            yield kind
    for found in QUOTED.findall(text):
        if entropy(found) >= LEAST_ENTROPY and re.search(r"\d", found):
            yield f"random text {found[:12]}…"


def texts() -> Iterator[tuple[str, str]]:
    """Every tracked text that is not reviewed."""
    for path in tracked_files():
        name = str(path.relative_to(ROOT))
        if name.startswith(tuple(REVIEWED)) or path.stat().st_size > LONGEST:
            continue
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@pytest.mark.slow
def test_no_secret_is_tracked() -> None:
    own = str(Path(__file__).relative_to(ROOT))
    read = [(name, text) for name, text in texts() if name != own]
    assert len(read) > 500
    assert {name: sorted(set(suspicious(text))) for name, text in read if [*suspicious(text)]} == {}


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN EC PRIVATE KEY-----",
        "AKIAABCDEFGHIJKLMNOP",
        "ghp_0123456789abcdefghij",
        "postgresql://owner:hunter22@db.example",
        'KEY = "q7Zp0vX3mLk9TtR2wYb8NcJf5HdGs1Ae"',
    ],
)
def test_secret_would_be_found(text: str) -> None:
    assert [*suspicious(text)] != []


@pytest.mark.parametrize(
    "text", ['"vungxanh.accounts.middleware.ViewerMiddleware"', '"' + "a" * 40 + '"']
)
def test_names_are_not_taken_for_secrets(text: str) -> None:
    assert [*suspicious(text)] == []


def run(*command: str, **chosen: str) -> "subprocess.CompletedProcess[str]":
    left_out = {*SECRETS, "DATABASE_URL"}
    clean = {name: value for name, value in os.environ.items() if name not in left_out}
    mail = {
        "VUNGXANH_MAIL": "smtp",
        "VUNGXANH_MAIL_HOST": "localhost",
        "VUNGXANH_MAIL_FROM": "a@b.example",
        "VUNGXANH_INBOX": "imap",
        "VUNGXANH_INBOX_HOST": "localhost",
        "VUNGXANH_INBOX_USER": "a",
        "VUNGXANH_SMS": "http",
        "VUNGXANH_SMS_FROM": "8079",
        "VUNGXANH_SMS_URL": "https://localhost/sms",
        "VUNGXANH_OA_URL": "https://localhost/oa",
    }
    return subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**clean, **mail, "DJANGO_SETTINGS_MODULE": "vungxanh.config.settings", **chosen},
    )


def in_files(folder: Path) -> dict[str, str]:
    """Each secret in a file, and the variables that name the files."""
    for name, value in SECRETS.items():
        (folder / name).write_text(f"{value}\n", encoding="utf-8")
    return {f"{name}_FILE": str(folder / name) for name in SECRETS}


@pytest.mark.slow
def test_every_secret_may_come_from_a_file(tmp_path: Path) -> None:
    named = in_files(tmp_path)
    assert set(named) == {
        "VUNGXANH_SECRET_KEY_FILE",
        "VUNGXANH_METRICS_TOKEN_FILE",
        "VUNGXANH_MAIL_PASSWORD_FILE",
        "VUNGXANH_INBOX_PASSWORD_FILE",
        "VUNGXANH_SMS_TOKEN_FILE",
        "VUNGXANH_SMS_WEBHOOK_SECRET_FILE",
        "VUNGXANH_OA_TOKEN_FILE",
        "VUNGXANH_DATABASE_PASSWORD_FILE",
    }
    url = "postgresql://owner@localhost:1/hospital"
    told = run("-W", "ignore", "-c", READ, DATABASE_URL=url, VUNGXANH_HOME=str(tmp_path), **named)
    assert told.stdout.split() == list(SECRETS.values())


@pytest.mark.slow
def test_file_that_is_missing_is_refused_by_its_variable(tmp_path: Path) -> None:
    missing = {"VUNGXANH_METRICS_TOKEN_FILE": "/nowhere/x"}
    unset = {"VUNGXANH_SMS": "", "VUNGXANH_OA_URL": ""}
    told = run("-m", "vungxanh.config.cli", "doctor", **missing, **unset)
    assert told.returncode != 0
    assert "VUNGXANH_METRICS_TOKEN_FILE" in told.stdout + told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", ["doctor", "migrate"])
def test_no_program_prints_a_secret_when_it_fails(command: str, tmp_path: Path) -> None:
    told = run(
        "-m",
        "vungxanh.config.cli",
        command,
        DATABASE_URL="postgresql://owner:up-con-ran-ho-mang@localhost:1/hospital",
        VUNGXANH_HOME=str(tmp_path),
        VUNGXANH_LOG="DEBUG",
        **SECRETS,
    )
    assert told.returncode != 0
    assert "con-ran-ho-mang" not in told.stdout + told.stderr


def test_values_that_hold_secrets_do_not_show_them(db: None) -> None:
    ring = keys.ring(keys.Use.DATA)
    shown = repr(ring) + repr(Mail("smtp", password="mp-con-ran-ho-mang"))
    assert "con-ran-ho-mang" not in shown
    assert ring.keys[ring.current].hex() not in shown
    assert repr(ring.keys[ring.current]) not in shown
