"""Are the pinned requirements fit to be shipped? Hashes, licences, known weaknesses.

Works without network: every requirement is pinned with hashes, and what is shipped is installed in
the pinned version under a licence that the project may pass on. With `--advisories PATH` it looks
through advisories in the OSV format (a JSON file, or a folder of them); with `--online` it asks
pip-audit, where that is installed, and the installer whether a version was withdrawn.
Prints one line per finding; exit 1 when there are any.
"""

import argparse
import importlib.metadata
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
SHIPPED = "serve.txt"
FILES = ("bootstrap.txt", SHIPPED, "dev.txt")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)(?P<rest>.*)$")
ALLOWED = (
    "apache", "mit", "bsd", "isc", "mozilla public license 2", "mpl-2", "python software", "psf",
    "postgresql", "zlib", "lgpl", "lesser general public", "unlicense", "ofl", "cc0", "blueoak",
    "historical permission", "hpnd", "public domain",
)  # fmt: skip
LESSER = re.compile(r"lgpl|(library or )?lesser general public licen[cs]e")
STRONG = ("gpl", "general public", "affero", "sspl", "server side public", "busl", "commons clause")


@dataclass(frozen=True, slots=True)
class Pin:
    """One pinned requirement of one file."""

    file: str
    name: str
    version: str
    n_hashes: int
    is_everywhere: bool

    def __str__(self) -> str:
        return f"{self.file}: {self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class Licensed:
    """What is installed of one distribution, and what it says of its licence."""

    version: str
    licence: str


def normal(name: str) -> str:
    """The one spelling of a distribution's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins_of(text: str, file: str) -> Iterator[Pin | str]:
    """The pins of a requirements file; a line that is none comes back as a finding."""
    joined = re.sub(r"\\\n\s*", " ", text)
    for line in (line.strip() for line in joined.splitlines()):
        if not line or line.startswith("#"):
            continue
        found = PIN.match(line)
        if found is None:
            yield f"{file}: “{line[:60]}” is not pinned to one version"
            continue
        n_hashes = line.count("--hash=sha256:")
        yield Pin(file, normal(found["name"]), found["version"], n_hashes, ";" not in line)


def installed() -> dict[str, Licensed]:
    """Every distribution of this environment."""
    return {
        normal(found.metadata["Name"]): Licensed(found.version, licence_of(found))
        for found in importlib.metadata.distributions()
    }


def licence_of(distribution: importlib.metadata.Distribution) -> str:
    """The licence as the metadata state it: the expression, else classifiers, else the text."""
    metadata = distribution.metadata
    stated = metadata.get_all("License-Expression") or []
    classifiers = [c for c in metadata.get_all("Classifier") or [] if c.startswith("License")]
    written = [] if stated or classifiers else metadata.get_all("License") or []
    return " ".join([*stated, *classifiers, *(text[:200] for text in written)]).lower()


def may_be_shipped(licence: str) -> bool:
    """Whether a licence lets the project be passed on under its own."""
    strong = LESSER.sub("", licence)
    return not any(word in strong for word in STRONG) and any(word in licence for word in ALLOWED)


def unfit(pins: Iterable[Pin], present: Mapping[str, Licensed]) -> Iterator[str]:
    """What is wrong with pins by themselves and with what is installed of them."""
    for pin in pins:
        if not pin.n_hashes:
            yield f"{pin} has no hash"
        if pin.file == SHIPPED:
            yield from _unfit_to_ship(pin, present.get(pin.name))


def _unfit_to_ship(pin: Pin, found: Licensed | None) -> Iterator[str]:
    if found is None:
        if pin.is_everywhere:
            yield f"{pin} is not installed, so its licence cannot be read"
        return
    if found.version != pin.version:
        yield f"{pin}: {found.version} is installed"
    if not may_be_shipped(found.licence):
        yield f"{pin}: licence “{found.licence or 'not stated'}” may not be shipped"


def advisories(path: Path) -> Iterator[Mapping[str, Any]]:
    """Advisories of a file (one, or a list of them) or of every JSON file of a folder."""
    for file in sorted(path.rglob("*.json")) if path.is_dir() else [path]:
        read = json.loads(file.read_text("utf-8"))
        yield from read if isinstance(read, list) else [read]


def known_weaknesses(pins: Iterable[Pin], listed: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Pins that an advisory names; withdrawn advisories do not count."""
    by_name: dict[str, list[Pin]] = {}
    for pin in pins:
        by_name.setdefault(pin.name, []).append(pin)
    for advisory in listed:
        for affected in [] if "withdrawn" in advisory else advisory.get("affected", []):
            package = affected.get("package", {})
            if package.get("ecosystem") != "PyPI":
                continue
            for pin in by_name.get(normal(package.get("name", "")), []):
                if is_affected(pin.version, affected):
                    yield f"{pin}: {advisory.get('id', '?')} {advisory.get('summary', '')}".rstrip()


def is_affected(version: str, affected: Mapping[str, Any]) -> bool:
    """Whether a version is listed, or lies in a range (OSV 1.6, “evaluation”)."""
    if version in affected.get("versions", []):
        return True
    ranges = [found for found in affected.get("ranges", []) if found.get("type") == "ECOSYSTEM"]
    return any(_lies_in(Version(version), found.get("events", [])) for found in ranges)


def _lies_in(version: Version, events: Iterable[Mapping[str, str]]) -> bool:
    ordered = sorted((_moment(event) for event in events), key=lambda moment: moment[0])
    is_in = False
    for at, kind in ordered:
        if kind == "introduced" and version >= at:
            is_in = True
        if (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            is_in = False
    return is_in


def _moment(event: Mapping[str, str]) -> tuple[Version, str]:
    ((kind, text),) = event.items()
    try:
        return Version("0" if text == "0" else text), kind
    except InvalidVersion:
        return Version("0"), "unknown"


def asked_online() -> Iterator[str]:
    """What pip-audit and the installer know of today; both need the network."""
    if find_spec("pip_audit") is None:
        yield "pip-audit is not installed: install it into the environment to ask online"
    for name in FILES:
        file = REQUIREMENTS / name
        yield from _withdrawn(file)
        if find_spec("pip_audit"):
            command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"]
            asked = subprocess.run(
                [*command, "-r", str(file)], capture_output=True, text=True, check=False
            )
            if asked.returncode:
                yield f"{name}: {asked.stdout.strip() or asked.stderr.strip()}"


def _withdrawn(file: Path) -> Iterator[str]:
    uv = str(Path(sys.executable).with_name("uv"))
    command = [uv, "pip", "install", "--dry-run", "--reinstall", "--require-hashes"]
    said = subprocess.run([*command, "-r", str(file)], capture_output=True, text=True, check=False)
    yield from (f"{file.name}: {line}" for line in said.stderr.splitlines() if "yanked" in line)


def audit(present: Mapping[str, Licensed], advisory_path: Path | None = None) -> list[str]:
    """Every finding that needs no network."""
    read = [
        one for name in FILES for one in pins_of((REQUIREMENTS / name).read_text("utf-8"), name)
    ]
    pins = [one for one in read if isinstance(one, Pin)]
    findings = [one for one in read if isinstance(one, str)]
    findings += unfit(pins, present)
    if advisory_path is not None:
        findings += known_weaknesses(pins, advisories(advisory_path))
    return findings


def main() -> int:
    """Print every finding."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--advisories", type=Path, help="advisories in the OSV format")
    parser.add_argument("--online", action="store_true", help="ask services on the network too")
    said = parser.parse_args()
    findings = audit(installed(), said.advisories)
    if said.online:
        findings += asked_online()
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
