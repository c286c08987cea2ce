"""Commands for the files of visits."""

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import click

from vungxanh.config import programs
from vungxanh.config.database import Role
from vungxanh.config.language import cli_language
from vungxanh.core.progress import INTERRUPTED
from vungxanh.refusals import Words

if TYPE_CHECKING:
    from vungxanh.checkins.actions.days import Packed

STOPPED: Final = Words(
    vi="Đã dừng theo yêu cầu; các tệp lượt đến còn nguyên vẹn.",
    en="Stopped as asked; the files of visits are whole.",
)


@click.group(help="Lượt đến: tệp theo ngày / visits: files by day")
def visits() -> None:
    """Verbs on the files of visits."""


@visits.command("pack", help="Ghi các ngày chưa có hoặc đã đổi / write days that lack or changed")
@click.option(
    "--day",
    "days",
    multiple=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help="Chỉ ngày này (UTC) / only this UTC day, whether it changed or not.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def pack(*, days: Sequence[datetime], as_json: bool) -> None:
    """What the worker does every night at 03:10."""
    try:
        packed = _packed([one.date() for one in days])
    except KeyboardInterrupt:
        click.echo(STOPPED.in_language(cli_language()), err=True)
        sys.exit(INTERRUPTED)
    if as_json:
        written = {day.isoformat(): rows for day, rows in packed.written}
        told = {"written": written, "days": packed.n_days, "stale": packed.n_stale}
        click.echo(json.dumps(told))
        return
    words = Words(
        vi=f"Đã ghi {len(packed.written)} ngày; {packed.n_days} ngày đang dùng được.",
        en=f"{len(packed.written)} days were written; {packed.n_days} days count now.",
    )
    click.echo(words.in_language(cli_language()))


@visits.command("count", help="Đếm lượt quét theo ngày / count scans by day")
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Chỉ ngày này (giờ Việt Nam) / only this day of Vietnam, whether it changed or not.",
)
def count(*, day: datetime | None) -> None:
    """What the worker does every night at 00:20."""
    with programs.installation(Role.WORKER):
        from vungxanh.checkins.actions.activity import count_activity
        from vungxanh.core.clock import now

        days = count_activity(at=now(), only=day.date() if day else None)
    told = ", ".join(one.isoformat() for one in days)
    words = Words(vi=f"Đã đếm {len(days)} ngày: {told}", en=f"{len(days)} days counted: {told}")
    click.echo(words.in_language(cli_language()))


def _packed(days: Sequence[date]) -> "Packed":
    with programs.installation(Role.WORKER):
        from vungxanh.checkins.actions.days import pack as pack_days
        from vungxanh.core.clock import now

        return pack_days(at=now(), only=days or None, told=_tell)


def _tell(day: date, n_rows: int) -> None:
    words = Words(vi=f"{day}: {n_rows} lượt", en=f"{day}: {n_rows} visits")
    click.echo(words.in_language(cli_language()), err=True)
