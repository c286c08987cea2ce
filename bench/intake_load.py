"""The load of the benchmark of intake: `intake_load.c`, built where it runs."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SOURCE: Final = Path(__file__).with_name("intake_load.c")
PATH: Final = "/api/v1/visits"
_VISIT: Final = '{"id":"@id@","point":"@point@","direction":"in","at":"@at@","means":"scan"}'


@dataclass(frozen=True, slots=True)
class Load:
    """Who asks: a program, and files of tokens and points to draw from."""

    program: Path
    tokens: Path
    points: Path

    def onto(
        self,
        port: int,
        path: str = PATH,
        *,
        seconds: float,
        n_visits: int = 1,
        connections: int = 64,
        to: str = "",
    ) -> "Answers":
        """Bodies of `n_visits` for a while; identifiers acknowledged are added to the file `to`."""
        template = self.program.with_name(f"body-{n_visits}.json")
        template.write_text(f'{{"visits":[{",".join([_VISIT] * n_visits)}]}}')
        files = [*map(str, (template, self.tokens, self.points)), *([to] if to else [])]
        numbers = (str(connections), str(seconds))
        command = [str(self.program), str(port), path, *numbers, *files]
        ended = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        return Answers(**json.loads(ended.stdout))


@dataclass(frozen=True, slots=True)
class Answers:
    """Bodies by what became of them; times are milliseconds until the answer was whole.

    `busy` were told 503, `lost` had no answer since the connection ended, `unanswered` none when
    the load gave up.
    """

    seconds: float
    visits: int
    stored: int
    refused: int
    busy: int
    other: int
    lost: int
    unanswered: int
    p50: float
    p99: float
    p999: float
    slowest: float

    @property
    def n_rows(self) -> int:
        """Visits acknowledged as stored."""
        return self.stored * self.visits

    @property
    def is_clean(self) -> bool:
        """Whether every body was stored whole."""
        unstored = self.refused + self.busy + self.other + self.lost + self.unanswered
        return self.stored > 0 and not unstored


def built(folder: Path) -> Path | None:
    """The program in `folder`; nothing where there is no compiler of C."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        return None
    program = folder / "intake_load"
    subprocess.run([compiler, "-O2", "-o", str(program), str(SOURCE)], check=True)
    return program


def write_lines(path: Path, lines: Sequence[str]) -> Path:
    """A file of lines to draw from; all must be of one length."""
    path.write_text("".join(f"{line}\n" for line in lines))
    return path
