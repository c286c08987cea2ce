"""What the repository must and must not hold."""

import importlib.metadata
import re

from tests.architecture.sources import ROOT, python_files, tracked_files

TEXT_SUFFIXES = {
    ".py", ".md", ".toml", ".txt", ".json", ".js", ".mjs", ".css", ".html", ".yml", ".po", ".typ",
    "",
}  # fmt: skip


def _texts() -> dict[str, str]:
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in tracked_files()
        if path.suffix in TEXT_SUFFIXES and path.stat().st_size < 2_000_000
    }


def test_no_package_registry_host_is_named() -> None:
    registry = re.compile(
        r"https?://[a-z0-9.-]*(registry|pypi|pythonhosted|npmjs|packages?|files)\."
    )
    named = [name for name, text in _texts().items() if registry.search(text)]
    assert [n for n in named if n != "tests/architecture/test_repository.py"] == []


def test_requirements_hold_hashes_and_no_address() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        pinned = re.findall(r"^[A-Za-z0-9_.\[\]-]+==", text, flags=re.M)
        assert pinned, path
        assert "://" not in text, path
        assert text.count("--hash=sha256:") >= len(pinned), path


def test_no_uv_lock_is_tracked() -> None:
    assert not (ROOT / "uv.lock").exists() or (ROOT / "uv.lock") not in tracked_files()


def test_no_path_of_one_machine_is_written() -> None:
    own = re.compile(r"(?<![\w.])/(work|root|home/\w+)/")
    found = {name for name, text in _texts().items() if own.search(text)}
    assert found - {"tests/architecture/test_repository.py"} == set()


def test_every_room_has_a_readme_of_at_most_25_lines() -> None:
    rooms = [p for p in (ROOT / "vungxanh").iterdir() if (p / "__init__.py").exists()]
    assert len(rooms) >= 8
    for room in rooms:
        readme = room / "README.md"
        assert readme.exists(), room.name
        assert len(readme.read_text(encoding="utf-8").splitlines()) <= 25, room.name


def test_each_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r'^  "([A-Za-z][^"]*)",(.*)$', text, flags=re.M)
    bare = [name for name, rest in listed if re.search(r"[<>=]", name) and "#" not in rest]
    assert len(listed) > 20
    assert bare == []


ALLOWED = (
    "apache", "mit", "bsd", "isc", "0bsd", "mozilla public license 2", "mpl-2", "python software",
    "psf", "postgresql", "zlib", "lgpl", "lesser general public", "unlicense", "ofl", "cc0",
    "blueoak", "historical permission", "hpnd", "public domain",
)  # fmt: skip


def _licence_words(distribution: importlib.metadata.Distribution) -> str:
    metadata = distribution.metadata
    classifiers = [c for c in metadata.get_all("Classifier") or [] if c.startswith("License")]
    stated = "".join(metadata.get_all("License-Expression") or [])
    if not stated and not classifiers:
        stated = "".join(metadata.get_all("License") or [])[:200]
    return " ".join([stated, *classifiers]).lower()


def _serving_names() -> set[str]:
    text = (ROOT / "requirements" / "serve.txt").read_text(encoding="utf-8")
    names = re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==", text, flags=re.M)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def _is_allowed(words: str) -> bool:
    strong = re.sub(r"lgpl|lesser general public license|lesser", "", words)
    is_gpl = "gpl" in strong or "gnu general public" in strong or "affero" in strong
    return not is_gpl and any(name in words for name in ALLOWED)


def test_every_licence_we_ship_is_permissive() -> None:
    wanted = _serving_names()
    seen: dict[str, str] = {}
    for distribution in importlib.metadata.distributions():
        name = re.sub(r"[-_.]+", "-", distribution.metadata["Name"]).lower()
        if name in wanted:
            seen[name] = _licence_words(distribution)
    platform_only = {"colorama", "win-unicode-console", "tzdata"}
    assert wanted - set(seen) <= platform_only
    assert {name: words for name, words in seen.items() if not _is_allowed(words)} == {}


def test_no_gpl_is_installed_at_all() -> None:
    for distribution in importlib.metadata.distributions():
        words = _licence_words(distribution)
        strong = re.sub(r"lgpl\S*|(library or )?lesser general public license\S*", "", words)
        assert "gpl" not in strong, distribution.metadata["Name"]


def test_source_has_no_work_left_in_comments() -> None:
    mark = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert [str(p) for p in python_files("vungxanh") if mark.search(p.read_text("utf-8"))] == []


def test_the_language_of_a_page_is_asked_in_one_place() -> None:
    asking = re.compile(r"\bget_language\b(?!_)")
    found = [p for p in python_files("vungxanh") if asking.search(p.read_text("utf-8"))]
    assert found == [ROOT / "vungxanh" / "core" / "preferences.py"]
