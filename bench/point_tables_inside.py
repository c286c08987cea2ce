"""The inside of `bench.point_tables`: a process with Django over a database of its own."""

import csv
import gc
import io
import resource
import time
import zipfile
from datetime import UTC, datetime
from itertools import cycle, islice
from xml.sax.saxutils import escape

import xlsxwriter

from vungxanh.checkins.actions import point_imports as actions
from vungxanh.checkins.actions import point_undoing as undoing
from vungxanh.checkins.actions.holding import MAY_MANAGE
from vungxanh.checkins.imports import points as imports
from vungxanh.checkins.models import Point, PointCode, PointImport
from vungxanh.checkins.values.point_rows import TEMPLATE
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.locations.actions import load_units
from vungxanh.locations.values import CURRENT_TREE, Level, registry

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
FORMS = ("csv", "xlsx", "ods")
KINDS = ("Chợ, siêu thị, cửa hàng", "Trường học", "Văn phòng", "Nhà hàng", "Khách sạn")
STREETS = ("Lê Lợi", "Trần Phú", "Nguyễn Huệ", "Hùng Vương", "Quang Trung")
WHO = Viewer(
    "staff:bench", "", units=frozenset({"vn-2025:vn"}), capabilities=frozenset({MAY_MANAGE})
)


def prepare(n_rows: int) -> dict[str, int]:
    """The units, and a table kept in every format."""
    load_units(by=SYSTEM, at=AT)
    rows = [list(TEMPLATE), *_rows(n_rows)]
    for form, content in (("csv", _csv(rows)), ("xlsx", _xlsx(rows)), ("ods", _ods(rows))):
        actions.keep_table(name=f"diem.{form}", content=content, by=WHO, at=AT)
    return {"rows": n_rows}


def read(n_rows: int, form: int) -> dict[str, float]:
    """Processor and wall time of reading one table for its preview, and the most memory held."""
    kept = PointImport.objects.get(file_name=f"diem.{FORMS[form]}")
    gc.collect()
    base, cpu, wall = _peak(), time.process_time(), time.perf_counter()
    imports.read_kept(import_id=kept.pk, by=WHO)
    told = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    kept.refresh_from_db()
    if kept.n_rows != n_rows:
        raise AssertionError(kept.refusal)
    counts = {"n_faulty": float(kept.n_faulty), "n_suspected": float(kept.n_suspected)}
    return {**told, **counts, "base": base, "peak": _peak()}


def write(n_rows: int) -> dict[str, float]:
    """The same of registering the table that was read from CSV."""
    kept = PointImport.objects.get(file_name="diem.csv")
    actions.claim(import_id=kept.pk, by=WHO, at=AT)
    cpu, wall = time.process_time(), time.perf_counter()
    choice = imports.Choice(skip_faulty=True, keep_suspected=True)
    imports.write_kept(import_id=kept.pk, choice=choice, by=WHO)
    told = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    kept.refresh_from_db()
    if kept.state != "accepted":
        raise AssertionError(kept.refusal)
    return {**told, "peak": _peak(), "codes": float(PointCode.objects.count())}


def undo(n_rows: int) -> dict[str, float]:
    """The same of closing all points of the table that was registered."""
    kept = PointImport.objects.get(file_name="diem.csv")
    undoing.claim_undo(import_id=kept.pk, by=WHO, at=AT)
    cpu, wall = time.process_time(), time.perf_counter()
    imports.undo_kept(import_id=kept.pk, by=WHO)
    told = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    if Point.objects.exclude(state="closed").exists():
        raise AssertionError(kept.refusal)
    return {**told, "peak": _peak(), "codes": float(PointCode.objects.count())}


def _rows(n_rows: int) -> list[list[str]]:
    known = registry()
    places = [
        (one.name, known.unit(one.parent_id).name)
        for one in known.units(CURRENT_TREE)
        if one.level is Level.COMMUNE and one.parent_id
    ]
    rows = [_row(n, *place) for n, place in enumerate(islice(cycle(places), n_rows))]
    for n in range(99, n_rows, 100):
        rows[n] = rows[n - 1]
    return rows


def _row(n: int, commune: str, province: str) -> list[str]:
    is_bad = n % 20 == 7
    name = f"Cửa hàng {STREETS[n % 5]} số {n}"
    return [
        *(name, KINDS[n % 5], f"{n % 300 + 1} {STREETS[n % 5]}"),
        *("Xã Không Có Đâu" if is_bad and n % 3 else commune, province),
        *("Nguyễn Văn Mẫu", "12" if is_bad else f"09{n:08d}"),
        *("Cửa trước; Cửa sau" if n % 4 == 0 else "", "", "T2-CN: 7:00-22:00"),
        *("30", "rất nhiều" if is_bad and n % 2 else str(n % 500 + 1)),
    ]


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _xlsx(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Điểm")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, [int(c) if c.isdigit() and c[0] != "0" else c for c in row])
    return out.getvalue()


def _ods(rows: list[list[str]]) -> bytes:
    lines = (f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    space = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{one}="{space}:{one}:1.0"' for one in ("office", "table", "text"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet><table:table>"
            f"{''.join(lines)}"
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def _cell(text: str) -> str:
    return f"<table:table-cell><text:p>{escape(text)}</text:p></table:table-cell>"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
