"""`tracing build`, `contacts`, `clusters`: files of visits and cases in, a call list out.

Answers go to the file that `--out` names; standard output holds nothing but the document of
`--json`, standard error the rest. Engines are imported only when a verb runs.
"""

import json
import time
from typing import Any, Final

import click

from vungxanh.checkins.commands import options
from vungxanh.checkins.commands.options import ManyVisits
from vungxanh.core import language, progress
from vungxanh.core.options import FILE, as_json
from vungxanh.refusals import Words

ENGINES: Final = ("kernel", "sql", "reference", "spark")
_NO_VISITS: Final = Words(
    "Cần --store THƯ_MỤC hoặc --visits TỆP…", "One of --store FOLDER and --visits FILE… is needed."
)
_SPARK_ALONE: Final = Words(
    "--spark-master chỉ dùng với --engine spark.", "--spark-master is for --engine spark alone."
)
_SET_ON_WORKERS: Final = Words(
    "--threads và --memory không dùng với --engine spark: đặt số lõi và bộ nhớ ở worker.",
    "--threads and --memory are not for --engine spark: set cores and memory on the workers.",
)
_NO_FILES: Final = Words("Cần --visits TỆP…", "--visits FILE… is needed.")


@click.group(help="Truy vết: ai đã gặp ca bệnh, ở đâu / trace who met the cases, and where")
def tracing() -> None:
    """The pure verbs of tracing."""


@tracing.command("build", cls=ManyVisits, help="Dựng kho để hỏi nhanh / lay visits out for asking")
@options.visits
@click.option("--store", type=FILE, required=True, help="Thư mục kho / the store's folder")
@click.option(
    "--shards",
    type=click.IntRange(1, 4096),
    default=1,
    show_default=True,
    help="Số phần, cho Spark / how many parts, for Spark",
)
@options.memory
@as_json
@language.option
def build(**said: Any) -> None:
    """Build a store; an older one in its place is usable until the new one is whole."""
    if not said["visits"]:
        raise click.UsageError(_NO_FILES.in_language(said["lang"]))
    _answer("building", said)


@tracing.command("contacts", cls=ManyVisits, help="Ai đã gặp các ca bệnh / who met the cases")
@options.store
@options.visits
@options.cases
@options.out
@click.option("--engine", type=click.Choice(ENGINES), default="kernel", show_default=True)
@click.option(
    "--generations",
    type=click.IntRange(1, 100),
    default=1,
    show_default=True,
    help="Đến vòng mấy: 1 là F1 / how many generations",
)
@options.as_of
@options.default_stay
@options.seconds("--min-overlap", 900, "Giây gặp tối thiểu / seconds together that count")
@options.seconds("--linger", 600, "Giây đến sau khi ca rời đi / seconds after the case has left")
@options.seconds("--latency", 172_800, "Giây từ phơi nhiễm đến lây / from exposure to infectious")
@options.cap("--crowd", "Bỏ nơi có hơn số lượt này / leave out places with more visits")
@options.cap("--cap", "Vòng đông hơn thì không tìm vòng sau / follow no larger generation")
@options.threads
@options.memory
@click.option(
    "--spark-master", help="spark://HOST:PORT; không có thì dùng máy này / or this machine"
)
@as_json
@language.option
def contacts(**said: Any) -> None:
    """Write the contacts of the cases, whom to call first on top."""
    _check_source(said)
    _check_engine(said)
    _answer("contacts", said)


@tracing.command("clusters", cls=ManyVisits, help="Nơi và giờ nhiều ca cùng có mặt / shared slots")
@options.store
@options.visits
@options.cases
@options.out
@click.option("--people", type=FILE, help="Ghi cả người có mặt / also write who was there")
@click.option("--min-cases", type=int, default=3, show_default=True, help="Số ca / how many cases")
@options.seconds("--slot", 7200, "Độ dài một khung giờ / the length of a slot")
@options.as_of
@options.default_stay
@options.memory
@as_json
@language.option
def clusters(**said: Any) -> None:
    """Write the slots of place and time that several cases share."""
    _check_source(said)
    _answer("clusters", said)


def _check_source(said: dict[str, Any]) -> None:
    if not said["store"] and not said["visits"]:
        raise click.UsageError(_NO_VISITS.in_language(said["lang"]))


def _check_engine(said: dict[str, Any]) -> None:
    """Refuse what the engine would not heed."""
    is_spark = said["engine"] == "spark"
    if said["spark_master"] and not is_spark:
        raise click.UsageError(_SPARK_ALONE.in_language(said["lang"]))
    if is_spark and (said["threads"] or said["memory"]):
        raise click.UsageError(_SET_ON_WORKERS.in_language(said["lang"]))


def _answer(verb: str, said: dict[str, Any]) -> None:
    began = time.monotonic()
    document = progress.answered(f"vungxanh.checkins.commands.{verb}", said)
    document["seconds"] = round(time.monotonic() - began, 3)
    if said["is_json"]:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
