"""One official annex as PDF: a kept press beside a fresh Typst compiler for every page.

Each run sets other figures, so nothing is remembered from the page before. Limit: 50 ms after the
first page.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from decimal import Decimal

from bench.harness import Row
from vungxanh.documents import docx, pdf, xlsx
from vungxanh.documents.content import Align, Annex, Column, Count, Letterhead, Share, Table, Text

LIMIT_MS = 50.0
N_ROWS = 15
COLUMNS = (
    Column("TT", Align.CENTER),
    Column("Đơn vị", Align.LEFT),
    Column("Số người"),
    Column("Dân số"),
    Column("Tỷ lệ (%)", formula="(3)/(4)"),
)


def run(full: bool) -> list[Row]:
    """Measure; `full` repeats more often."""
    repeat = 60 if full else 10
    first = milliseconds(lambda: pdf.write(annex(0)))
    ours = typical(pdf.write, repeat, start=1)
    peer = typical(lambda each: pdf.Press(pdf.FONTS).print(each), repeat, start=1000)
    return [
        row("first", first),
        row("next", ours, peer=peer, limit=LIMIT_MS),
        row("as DOCX", typical(docx.write, repeat, start=1)),
        row("as XLSX", typical(xlsx.write, repeat, start=1)),
    ]


def row(name: str, ours: float, *, peer: float | None = None, limit: float | None = None) -> Row:
    against = "; peer a fresh Typst compiler" if peer else ""
    return Row(
        name=f"annex, {N_ROWS} rows: {name}",
        ours=ours,
        peer=peer,
        ratio=peer / ours if peer else None,
        limit=limit,
        unit="ms",
        note=f"load {os.getloadavg()[0]:.1f}{against}",
    )


def typical(write: Callable[[Annex], bytes], repeat: int, *, start: int) -> float:
    """The median of several annexes, each of other figures, in milliseconds."""
    annexes = [annex(start + nth) for nth in range(repeat)]
    return statistics.median(timed(write, annexes))


def timed(write: Callable[[Annex], bytes], annexes: list[Annex]) -> Iterator[float]:
    for each in annexes:
        began = time.perf_counter()
        write(each)
        yield 1e3 * (time.perf_counter() - began)


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - began)


def annex(seed: int) -> Annex:
    """An annex of invented figures."""
    rows = tuple(
        (
            Count(place),
            Text(f"Đơn vị mẫu {place} / {seed}"),
            Count(1000 * place + seed),
            Count(7000 * place + seed),
            Share(Decimal(place) + Decimal(seed) / 100),
        )
        for place in range(1, N_ROWS + 1)
    )
    return Annex(
        letterhead=Letterhead("Cơ quan mẫu", "Cơ quan chủ quản mẫu"),
        title=("BẢNG SỐ LIỆU MẪU", f"LẦN ĐO {seed}"),
        tables=(Table(COLUMNS, rows),),
        notes=("Số liệu do máy tạo để đo tốc độ.",),
    )
