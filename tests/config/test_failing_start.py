"""A program that cannot start says why and repeats no secret."""

import os
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from pytest_django import Settings

from vungxanh.config.database import DatabaseUrlError, Role, from_url
from vungxanh.core import keys
from vungxanh.core.keys import Use

SECRET = "con7ran"
BROKEN = {
    "no json": f'{{"current": "{SECRET}',
    "no hexadecimals": f'{{"current": "{SECRET}", "keys": {{"00": "{SECRET}"}}}}',
    "no keys": f'{{"current": "{SECRET}"}}',
    "a list": f'["{SECRET}"]',
}


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://u:{SECRET}/x@host/name",
        f"postgresql://u:a[{SECRET}@host]/name",
        f"postgresql://u:{SECRET}@host:port/name",
        f"postgresql://u:{SECRET}@host:99999/name",
        f"mysql://u:{SECRET}@host/name",
        f"postgresql://u:{SECRET}@host",
    ],
    ids=["slash", "bracket", "port", "high-port", "scheme", "no-name"],
)
def test_bad_address_of_a_database_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(DatabaseUrlError) as refused:
        from_url(url, Role.WEB)
    assert SECRET not in "".join(traceback.format_exception(refused.value))


@pytest.mark.slow
def test_program_says_it_in_one_sentence(tmp_path: Path) -> None:
    url = f"postgresql://u:{SECRET}/x@host/name"
    home = {"VUNGXANH_HOME": str(tmp_path), "VUNGXANH_LANG": "en", "DATABASE_URL": url}
    ended = subprocess.run(
        [sys.executable, "-m", "vungxanh.config.cli", "worker"],
        env=os.environ | home,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("DATABASE_URL does not have the form")
    assert SECRET not in ended.stdout + ended.stderr


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_key_file_that_cannot_be_read_is_not_quoted(
    content: str, settings: Settings, tmp_path: Path
) -> None:
    settings.KEYS = tmp_path
    (tmp_path / "audit.json").write_text(content)
    keys.forget()
    with pytest.raises((ValueError, KeyError, TypeError)) as broken:
        keys.ring(Use.AUDIT)
    keys.forget()
    assert SECRET not in "".join(traceback.format_exception(broken.value))
