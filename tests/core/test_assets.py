"""What the build gives the browser: within its weight, under digests, from this machine alone."""

import gzip
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast
from unicodedata import normalize

import pytest
from django.test import Client
from fontTools.ttLib import TTFont
from PIL import Image

from tests.core.messages import PACKAGE, sources, templates
from vungxanh.core.templatetags import built

FRONTEND = PACKAGE.parent / "frontend"
KILO = 1000
VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VIETNAMESE = {normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ", "Đ"}
HASHED = re.compile(r"-[0-9a-f]{10}\.[a-z0-9]+$")
CONSOLE_FONTS = [
    *(f"be-vietnam-pro-{s}-{w}.woff2" for s in ("vietnamese", "latin") for w in (400, 500, 600)),
    "figures-400.woff2",
    "figures-600.woff2",
]
PHONE_FONTS = [name for name in CONSOLE_FONTS if "500" not in name]


def path_of(name: str) -> Path:
    return built.BUILT / built.manifest()[name]


def packed(name: str) -> int:
    """The bytes that travel: fonts are packed already, the rest as gzip."""
    content = path_of(name).read_bytes()
    return len(content) if name.endswith(".woff2") else len(gzip.compress(content, 9))


@pytest.mark.parametrize(
    ("names", "limit_kb"),
    [
        (["console.css"], 20),
        (["phone.css"], 5),
        (["keep.css"], 5),
        (["scan.css"], 5),
        (["declare.css"], 5),
        (["icons.svg", "phone-icons.svg"], 6),
        (["phone-icons.svg"], 3),
        (["console.js"], 20),
        (["phone.js"], 25),
        (["keep.js"], 25),
        (["scan.js"], 25),
        (["declare.js"], 25),
        (["scan-worker.js", "ed25519.js"], 20),
        (CONSOLE_FONTS, 110),
        (PHONE_FONTS, 75),
    ],
    ids=[
        "console.css",
        "phone.css",
        "keep.css",
        "scan.css",
        "declare.css",
        "icons",
        "phone icons",
        "console.js",
        "phone.js",
        "keep.js",
        "scan.js",
        "declare.js",
        "reader of codes, fetched when it is needed",
        "fonts",
        "phone fonts",
    ],
)
def test_built_files_keep_their_weight(names: list[str], limit_kb: int) -> None:
    assert sum(map(packed, names)) <= limit_kb * KILO


def test_every_built_file_but_the_worker_carries_its_digest() -> None:
    plain = {name for name, hashed in built.manifest().items() if not HASHED.search(hashed)}
    assert plain == {"sw.js"}


@pytest.mark.parametrize(
    ("said", "unpacked"), [("gzip", gzip.decompress), ("identity", bytes)], ids=["packed", "plain"]
)
def test_text_travels_packed_to_whoever_unpacks_it(
    said: str, unpacked: Callable[[bytes], bytes]
) -> None:
    reply = Client().get(built.address("scan.js"), headers={"Accept-Encoding": said})
    sent = b"".join(cast("Iterable[bytes]", reply))
    assert unpacked(sent) == path_of("scan.js").read_bytes()
    assert reply.get("Content-Encoding", "identity") == said
    assert "immutable" in reply["Cache-Control"]


def test_an_unknown_file_says_so() -> None:
    with pytest.raises(built.FrontEndMissingError, match=r"no file named 'x\.css'"):
        built.address("x.css")


def test_a_missing_build_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(built.FrontEndMissingError, match=r"build_frontend\.py"):
        built.manifest(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "console.css",
        "phone.css",
        "keep.css",
        "console.js",
        "phone.js",
        "keep.js",
        "declare.js",
        "hpke.js",
        "sw.js",
    ],
)
def test_nothing_is_fetched_from_elsewhere(name: str) -> None:
    text = path_of(name).read_text(encoding="utf-8")
    hosts = set(re.findall(r"https?://([\w.-]+)", text))
    assert hosts <= {"www.w3.org"}


@pytest.mark.parametrize("name", ["console.css", "phone.css", "keep.css"])
def test_style_sheets_suit_the_last_browser_of_old_office_machines(name: str) -> None:
    text = path_of(name).read_text(encoding="utf-8")
    assert not re.search(r"oklch\(|color-mix\(|light-dark\(|@scope|@starting-style", text)


def test_dark_rules_do_not_reach_paper() -> None:
    text = path_of("console.css").read_text(encoding="utf-8")
    outside = re.sub(r"@media screen[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)
    assert "[data-bs-theme=dark]" not in outside


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    drawn = {
        (sprite, name)
        for sprite in ("icons.svg", "phone-icons.svg")
        for name in re.findall(r'<symbol id="([^"]+)"', path_of(sprite).read_text())
    }
    named = {
        name
        for path in [*templates(), *sources()]
        for name in re.findall(
            r'(?:\{% icon |\bicon=|\bshape=)"([a-z0-9-]+)"', path.read_text(encoding="utf-8")
        )
    }
    assert {(built.sprite_of(name), name) for name in named} - drawn == set()


def test_each_icon_of_a_sprite_is_one_path_and_lies_in_one_sprite() -> None:
    texts = [path_of(name).read_text() for name in ("icons.svg", "phone-icons.svg")]
    found = [re.findall(r'<symbol id="([^"]+)"', text) for text in texts]
    assert set(found[0]) & set(found[1]) == set()
    assert not any('stroke="none"' in text for text in texts)


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_text_face_holds_every_vietnamese_letter(weight: int) -> None:
    held: set[int] = set()
    for subset in ("vietnamese", "latin"):
        with TTFont(path_of(f"be-vietnam-pro-{subset}-{weight}.woff2")) as font:
            held |= set(font.getBestCmap())
    assert set(map(ord, VIETNAMESE)) - held == set()


@pytest.mark.parametrize("weight", [400, 600])
def test_figures_are_all_of_one_width(weight: int) -> None:
    with TTFont(path_of(f"figures-{weight}.woff2")) as font:
        characters = {chr(code) for code in font.getBestCmap()}
        features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert set("0123456789.,%+-:/\u2212") <= characters
    assert "tnum" in features


def test_lock_file_names_no_host() -> None:
    assert "http" not in (FRONTEND / "package-lock.json").read_text(encoding="utf-8")


def test_packages_are_pinned_exactly() -> None:
    package = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert [name for name, v in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", v)] == []


def test_web_manifest_points_to_the_built_pictures_and_begins_at_the_camera() -> None:
    manifest = json.loads(path_of("app.webmanifest").read_text(encoding="utf-8"))
    names = ("brand.svg", "icon-192.png", "icon-512.png")
    built_names = {built.manifest()[name] for name in names}
    assert {icon["src"] for icon in manifest["icons"]} == built_names
    assert manifest["start_url"] == "/quet/"


@pytest.mark.parametrize("side", [192, 512])
def test_icon_of_the_installed_app_fills_its_square(side: int) -> None:
    with Image.open(path_of(f"icon-{side}.png")) as picture:
        assert picture.size == (side, side)
        corners = {picture.convert("RGB").getpixel((x, y)) for x in (0, side - 1) for y in (0, 1)}
    assert corners == {(10, 61, 51)}
