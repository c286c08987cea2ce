"""Do the documents keep up with the code? Links lead somewhere, pages are led to; variables and
commands are told.

Reads the tracked Markdown files and the package's source; prints one line per gap.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from vungxanh.config.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = ROOT / "docs" / "settings.md"
LINK = re.compile(r"\]\(([^)\s]+)\)")
VARIABLE = re.compile(r'"((?:VUNGXANH_[A-Z_]+)|DATABASE_URL|PORT|TLS)"')
OUTSIDE = ("http://", "https://", "mailto:", "#")


def tracked(pattern: str) -> list[Path]:
    """Tracked and new files of a pattern."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.splitlines() if (path := ROOT / name).is_file()]


def dead_links() -> Iterator[str]:
    """Relative links that lead to no file."""
    for page in tracked("*.md"):
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            is_ours = not target.startswith(OUTSIDE)
            if is_ours and not (page.parent / target.partition("#")[0]).exists():
                yield f"{page.relative_to(ROOT)}: link to {target} leads nowhere"


def unlinked_pages() -> Iterator[str]:
    """Pages of `docs` to which no other page leads."""
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in tracked("*.md")
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not target.startswith(OUTSIDE)
    }
    for page in tracked("docs/*.md"):
        if page.resolve() not in linked:
            yield f"{page.relative_to(ROOT)}: no page leads there"


def untold_variables() -> Iterator[str]:
    """Variables of the environment that the page of settings does not name."""
    told = SETTINGS.read_text(encoding="utf-8")
    for source in tracked("vungxanh/*.py"):
        for name in sorted(set(VARIABLE.findall(source.read_text(encoding="utf-8")))):
            if f"`{name}`" not in told:
                yield f"{source.relative_to(ROOT)}: {name} is not in docs/settings.md"


def untold_commands() -> Iterator[str]:
    """Commands that no document names."""
    pages = "".join(page.read_text(encoding="utf-8") for page in tracked("*.md"))
    for name in COMMANDS:
        if f"vungxanh {name}" not in pages:
            yield f"vungxanh {name} is in no document"


def main() -> int:
    """Print every gap."""
    gaps = [*dead_links(), *unlinked_pages(), *untold_variables(), *untold_commands()]
    for gap in gaps:
        print(gap)
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main())
