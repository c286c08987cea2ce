"""The whole `uptake` group: its pure verbs, and `import`, which needs the database."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vungxanh.config.language import cli_language
from vungxanh.uptake.commands import asked_unit, read_claims, uptake
from vungxanh.uptake.values import BROUGHT_KINDS

if TYPE_CHECKING:
    from vungxanh.uptake.imports import Asked

__all__ = ["uptake"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])


@uptake.command("import", help="Nộp một bảng số liệu / bring a table of figures in")
@click.argument("file", type=_FILE)
@click.option("--unit", required=True, help="Mã hoặc tên / id or name: vn-2025:52")
@click.option("--source", required=True, help="Số, ngày, nơi ban hành / where it comes from")
@click.option("--kind", default="entry", show_default=True, type=click.Choice(BROUGHT_KINDS))
@click.option("--as-of", type=_DAY, help="YYYY-MM-DD; để trống nếu bảng đã ghi / empty if in it")
@click.option("--base-as-of", type=_DAY, help="Ngày của số dân / the population's own day")
@click.option("--claims", type=_FILE, help="Số nêu trong văn bản / what a text states (JSON)")
@click.option("--record", "is_recorded", is_flag=True, help="Ghi nếu không có lỗi / let it count")
@click.option("--publish", "is_published", is_flag=True, help="Công bố / open it to anyone")
def bring(**said: Any) -> None:
    """Keep the table as a draft, say what was found, and record it when asked to."""
    from vungxanh.config import programs
    from vungxanh.config.database import Role

    with programs.installation(Role.WEB):
        _bring(said)


def _bring(said: dict[str, Any]) -> None:
    from vungxanh.core import clock
    from vungxanh.core.viewer import SYSTEM
    from vungxanh.uptake import actions, imports, queries

    at = clock.now()
    submission = imports.bring_in(asked=_asked(said), by=SYSTEM, at=at)
    language = cli_language()
    for finding in queries.findings_in(submission):
        click.echo(f"{finding.severity}: {finding.place}: {finding.message(language)}", err=True)
    if said["is_recorded"] or said["is_published"]:
        actions.record_submission(submission_id=submission.id, by=SYSTEM, at=at)
    if said["is_published"]:
        actions.publish_submission(submission_id=submission.id, by=SYSTEM, at=at)
    click.echo(f"/so-lieu/{submission.id}/")


def _asked(said: dict[str, Any]) -> "Asked":
    from vungxanh.uptake.imports import Asked

    claims = said["claims"]
    stated = read_claims(claims) if claims else ()
    return Asked(
        unit=asked_unit(said["unit"], _day(said["as_of"])),
        content=said["file"].read_bytes(),
        name=said["file"].name,
        is_pasted=False,
        source_title=said["source"],
        source_kind=said["kind"],
        as_of=_day(said["as_of"]),
        base_as_of=_day(said["base_as_of"]),
        claims=stated,
    )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
