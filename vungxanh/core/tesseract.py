"""Tesseract, which reads Vietnamese letters from pictures, as a program beside this one.

The picture goes in by standard input and the words come out by standard output: nothing of a letter
is written to disk. Without Django, so that the command line's pure verbs may use it.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from typing import Final, Self

from vungxanh.documents.letterfiles import Picture, Reason, refused

PROGRAM: Final = "tesseract"
LANGUAGE: Final = "vie"
PAGE_SECONDS: Final = 60.0
_LISTING_SECONDS: Final = 20.0
# One page as a whole, lines in any order: where they belong is decided by their places.
_LAYOUT: Final = "3"


class Tesseract:
    """An installed Tesseract with its Vietnamese model; an `Ocr` of letter files."""

    def __init__(self, program: str, *, seconds: float = PAGE_SECONDS) -> None:
        self._program, self._seconds = program, seconds
        # Its threads cost more than they bring on one page, and the other cores serve people.
        self._surroundings: Mapping[str, str] = {**os.environ, "OMP_THREAD_LIMIT": "1"}

    @classmethod
    def installed(cls, *, seconds: float = PAGE_SECONDS) -> Self | None:
        """The one on this machine, None where it or its Vietnamese model is missing."""
        program = shutil.which(PROGRAM)
        if program is None:
            return None
        found = cls(program, seconds=seconds)
        return found if LANGUAGE in found.languages() else None

    def languages(self) -> list[str]:
        """The models that are installed."""
        try:
            listed = subprocess.run(
                [self._program, "--list-langs"],
                capture_output=True, timeout=_LISTING_SECONDS, check=True, env=self._surroundings,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError):
            return []
        return listed.stdout.decode(errors="replace").split()

    def read(self, picture: Picture) -> str:
        """The words of a picture as TSV.

        Refuses with `letters.ocr_slow` after the time for a page, with `letters.ocr_failed` where
        the program does not understand the picture.
        """
        resolution = [] if picture.dpi is None else ["--dpi", str(picture.dpi)]
        command = [
            *(self._program, "stdin", "stdout", "-l", LANGUAGE, "--psm", _LAYOUT),
            *(*resolution, "tsv"),
        ]
        try:
            done = subprocess.run(
                command, input=picture.content, capture_output=True, timeout=self._seconds,
                check=True, env=self._surroundings,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise refused(Reason.OCR_SLOW) from None
        except (OSError, subprocess.SubprocessError):
            raise refused(Reason.OCR_FAILED) from None
        return done.stdout.decode(errors="replace")
