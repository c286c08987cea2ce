"""Write requirements/*.txt from pyproject.toml, with hashes and without any address.

Each file's first line carries a digest of what it was made from, so that `--check` can tell,
without resolving anything, whether the files still belong to pyproject.toml.
"""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--universal",
    "--python-version=3.11",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
)
GROUPS = ("dev",)


def digest(name: str) -> str:
    """SHA-256 of the requirements that a file was resolved from."""
    if name == "bootstrap":
        return hashlib.sha256((REQUIREMENTS / "bootstrap.in").read_bytes()).hexdigest()
    with (ROOT / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)
    wanted = [project["project"]["requires-python"], project["project"]["dependencies"]]
    if name == "dev":
        wanted += [project["dependency-groups"][group] for group in GROUPS]
        wanted += [project["project"]["optional-dependencies"]]
    return hashlib.sha256(json.dumps(wanted).encode()).hexdigest()


def first_line(name: str) -> str:
    """The stamp at the head of a requirements file."""
    return f"# made by `make lock` from {digest(name)}\n"


def compile_one(name: str, *source: str) -> None:
    """Resolve one file; versions already in it are kept where they still fit."""
    target = REQUIREMENTS / f"{name}.txt"
    command = [str(Path(sys.executable).with_name("uv")), "pip", "compile", *OPTIONS, *source]
    subprocess.run([*command, "-o", str(target)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    target.write_text(first_line(name) + target.read_text(encoding="utf-8"), encoding="utf-8")


def stale() -> list[str]:
    """The files that no longer belong to their sources."""
    return [
        name
        for name in ("bootstrap", "serve", "dev")
        if not (REQUIREMENTS / f"{name}.txt")
        .read_text(encoding="utf-8")
        .startswith(first_line(name))
    ]


def main() -> int:
    """`--check` only looks; otherwise resolve all three files."""
    if "--check" in sys.argv[1:]:
        for name in stale():
            print(f"requirements/{name}.txt is older than its source: run `make lock`")
        return 1 if stale() else 0
    groups = [part for group in GROUPS for part in ("--group", group)]
    compile_one("bootstrap", "requirements/bootstrap.in")
    compile_one("serve", "pyproject.toml")
    compile_one("dev", *groups, "--all-extras", "pyproject.toml")
    return 0


if __name__ == "__main__":
    sys.exit(main())
