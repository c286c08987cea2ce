"""Annexes: tables of figures and blank forms, set whole or broken over lines as PDFs do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tests.engines.letters.generator.days import written
from tests.engines.letters.generator.dice import Dice
from tests.engines.letters.generator.head import Head
from tests.engines.letters.generator.letter import Reading
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.tables import places, table

KINDS = {"none": 11, "tab": 3, "aligned": 3, "broken": 3, "form": 3}
NUMBERS = [(",", "."), (",", "."), (".", ","), (".", ","), ("", ","), ("", ".")]
INDEX = ["STT", "TT", "Stt"]
LOCALITY = ["Địa phương", "Đơn vị", "Tên đơn vị", "Huyện, thành phố"]
SCALES = {"commune": 0.01, "district": 0.06, "ministry": 8.0}
Cell = int | float | str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: headers, rows as values, rows as printed (a total among them)."""

    columns: list[str]
    rows: list[list[Cell]]
    printed: list[list[str]]
    totals: Reading
    has_total: bool


@dataclass(frozen=True, slots=True)
class Annex:
    """The lines of an annex, and its reading."""

    kind: str
    lines: list[str]
    reading: Reading


def write_annex(scene: Scene, head: Head) -> Annex | None:
    """An annex, in about half of the letters."""
    kind = scene.dice.by_weight(KINDS)
    if kind == "none" or scene.level.startswith("party"):
        return None
    if kind == "form":
        return _form(scene, head)
    return _figures(scene, head, kind)


def sent_with(scene: Scene, head: Head) -> str:
    """The line that ties an annex to its letter; without a head, with number and day blank."""
    name = "Công văn" if scene.doc_type == "công văn" else scene.doc_type.capitalize()
    number = head.number.removeprefix("Số").strip(": ")
    number = number if number[0].isdigit() else f"     /{head.symbol}"
    date = head.place_date.rpartition(", ")[2]
    if scene.head == "none":
        number, date = f"     /{head.symbol}", f"ngày    /{scene.day.month}/{scene.day.year}"
    return f"(Kèm theo {name} số {number} {date} của {scene.slots['self']})"


def told_by(scene: Scene, head: Head, annex: Annex | None) -> Reading:
    """What only the annex of a letter without a head tells."""
    if scene.head != "none" or not annex or not any("Kèm theo" in line for line in annex.lines):
        return {}
    return {
        "symbol": head.symbol,
        "symbol_evidence": f"annex: Kèm theo Công văn số /{head.symbol}",
        "date_partial": f"{scene.day:%Y-%m}",
    }


def _form(scene: Scene, head: Head) -> Annex:
    own = table("annexes")["form"]
    columns: list[str] = scene.dice.one(own["columns"])
    name = scene.dice.one(own["heads"])
    title = scene.dice.one(own["titles"]).split("\n")
    sign = scene.dice.one(["\t", "\t", "   "])
    rows = [f"{n}{sign}" for n in range(1, scene.dice.randint(1, 4))]
    lines = [name, *title, sent_with(scene, head), "", sign.join(columns), *rows]
    reading: Reading = {"title": " ".join([name, *title]), "as_of": None, "columns": columns}
    reading |= {"rows": [], "total_row_present": False, "is_blank_form": True}
    return Annex("form", lines, reading)


def _figures(scene: Scene, head: Head, kind: str) -> Annex:
    own = table("annexes")[scene.campaign]
    title = scene.fill(scene.dice.one(own["titles"]))
    day = scene.day - timedelta(days=scene.dice.randint(1, 4))
    columns = [scene.fill(text) for text in scene.dice.one(own["columns"])]
    grid = _grid(scene, columns)
    as_of = scene.dice.one(["ngày {}", "tính đến ngày {}", "(tính đến ngày {})", "đến ngày {}"])
    name = scene.dice.one(["PHỤ LỤC", "Phụ lục", "PHỤ LỤC 1"])
    lines = [name, f"{title} {as_of.format(written(day, scene.dice))}"]
    if scene.dice.maybe(0.5):
        lines.append(sent_with(scene, head))
    lines += ["", *SETTERS[kind](grid, scene.dice)]
    reading: Reading = {"title": title, "as_of": day.isoformat(), "columns": grid.columns}
    reading |= {"rows": grid.rows, "total_row_present": grid.has_total}
    return Annex(kind, lines, reading | {"computed_totals": grid.totals})


def _names(scene: Scene) -> list[str]:
    if scene.level == "commune":
        return [f"Thôn {n}" for n in range(1, scene.dice.randint(4, 8))]
    unit = {"province": "province", "district": "district"}.get(scene.level)
    parent = scene.units[unit]["code"] if unit else ""
    rows = [row for row in places() if row["parent"] == parent]
    with_type = scene.dice.maybe(0.7) and unit is not None
    names = [f"{row['type_word'].capitalize()} {row['name']}" for row in rows]
    return names if with_type else [row["name"] for row in rows]


def _grid(scene: Scene, columns: Sequence[str]) -> Grid:
    dice = scene.dice
    signs = dice.one(NUMBERS)
    kinds = [column.split("|")[1] for column in columns]
    heads = [dice.one(INDEX), dice.one(LOCALITY), *(c.split("|")[0] for c in columns)]
    names = _names(scene)
    values = [_row(dice, kinds, SCALES.get(scene.level, 1)) for _ in names]
    rows: list[list[Cell]] = [
        [n, name, *row] for n, (name, row) in enumerate(zip(names, values, strict=True), start=1)
    ]
    printed = [[_printed(cell, signs) for cell in row] for row in rows]
    totals: list[Cell] = _totals(values, kinds)
    has_total = dice.maybe(0.35)
    if has_total:
        name = dice.one(["Tổng cộng", "Tổng", "TỔNG CỘNG", "Cộng"])
        printed.append(["", name, *(_printed(cell, signs) for cell in totals)])
    named: Reading = dict(zip(heads[2:], totals, strict=True))
    return Grid(heads, rows, printed, named, has_total)


def _row(dice: Dice, kinds: Sequence[str], scale: float) -> list[Cell]:
    whole = round(dice.randint(40_000, 260_000) * scale)
    count = round(whole * dice.uniform(0.05, 0.45))
    row: list[Cell] = []
    for kind in kinds:
        sign, _, divisor = kind.partition("/")
        if sign == "r":
            row.append(_ratio(int(row[0]), int(row[-1])))
        else:
            row.append(max(2, _amount(dice, sign, (count, whole)) // int(divisor or 1)))
            whole = round(whole * dice.uniform(0.7, 0.8))
    return row


def _amount(dice: Dice, sign: str, amounts: tuple[int, int]) -> int:
    count, whole = amounts
    return {"n": count, "b": whole, "s": dice.randint(12, 980), "t": dice.randint(2, 75)}[sign]


def _ratio(count: int, base: int) -> float:
    return round(100 * count / base + 1e-9, 2)


def _totals(values: Sequence[list[Cell]], kinds: Sequence[str]) -> list[Cell]:
    sums: list[Cell] = []
    for n, kind in enumerate(kinds):
        if kind == "r":
            sums.append(_ratio(int(sums[0]), int(sums[-1])))
        else:
            sums.append(sum(int(row[n]) for row in values))
    return sums


def _printed(cell: Cell, signs: tuple[str, str]) -> str:
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", signs[1])
    return f"{cell:,}".replace(",", signs[0]) if isinstance(cell, int) else cell


def _tab(grid: Grid, dice: Dice) -> list[str]:
    return ["\t".join(row) for row in [grid.columns, *grid.printed]]


def _aligned(grid: Grid, dice: Dice) -> list[str]:
    rows = [grid.columns, *grid.printed]
    widths = [max(len(row[n]) for row in rows) for n in range(len(grid.columns))]
    gap = " " * dice.randint(2, 4)
    return [gap.join(_cell(row, n, widths[n]) for n in range(len(row))).rstrip() for row in rows]


def _cell(row: Sequence[str], n: int, width: int) -> str:
    return row[n].ljust(width) if n < 2 else row[n].rjust(width)


def _broken(grid: Grid, dice: Dice) -> list[str]:
    """Each cell of the head over several lines, names apart from their figures."""
    lines: list[str] = []
    for column in grid.columns:
        lines += [line for word in _halves(column) for line in (f" {word} ", "")]
    for row in grid.printed:
        index, name, *figures = row
        lines += _broken_row(f"{index:>6}  ", name, "    ".join(f"{f:>9}" for f in figures))
    return lines


def _broken_row(index: str, name: str, figures: str) -> list[str]:
    first, *rest = _halves(name)
    if not rest:
        return [f"{index}{first}  {figures}  ", ""]
    return [index, "", first, "", f"{rest[0]}  {figures}  ", ""]


def _halves(text: str) -> list[str]:
    words = text.split(" ")
    if len(text) <= 14 or len(words) < 3:
        return [text]
    middle = (len(words) + 1) // 2
    return [" ".join(words[:middle]), " ".join(words[middle:])]


SETTERS: dict[str, Callable[[Grid, Dice], list[str]]] = {
    "tab": _tab,
    "aligned": _aligned,
    "broken": _broken,
}
