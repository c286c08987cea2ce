"""The commands that run an installation. Each imports what it needs when it runs."""

import json

import click

from vungxanh.config import programs, serving
from vungxanh.config.database import Role

with_parent = click.option("--with-parent", is_flag=True, hidden=True)


@click.group(invoke_without_command=True)
@click.pass_context
def demo(context: click.Context) -> None:
    """Run everything on this machine, on the embedded database, with examples."""
    from vungxanh.config import demo_run

    if context.invoked_subcommand is None:
        demo_run.run()


@demo.command()
@click.option("--json", "_", is_flag=True, expose_value=False, help="It is JSON in any case.")
def token() -> None:
    """Of a demo that runs: a phone's token and a point's code, to try the API, as JSON."""
    from vungxanh.config.demo_token import example

    click.echo(json.dumps(example()))


@click.command()
@with_parent
@click.option(
    "--role",
    type=click.Choice([Role.WEB.value, Role.INTAKE.value]),
    default=Role.WEB.value,
    show_default=True,
    help="web: everything. intake: only what phones send, in a database role of its own.",
)
def serve(*, with_parent: bool, role: str) -> None:
    """Serve pages, the API and device intake on PORT (8000)."""
    _be_a_service(with_parent)
    site = serving.site()
    sockets = serving.open_sockets(site)
    with programs.installation(Role(role)):
        serving.serve(site, sockets)


@click.command()
@with_parent
def worker(*, with_parent: bool) -> None:
    """Run background jobs."""
    _be_a_service(with_parent)
    with programs.installation(Role.WORKER):
        from vungxanh.config.working import work

        work()


@click.command()
def migrate() -> None:
    """Apply this version's migrations, as the owner of the tables."""
    with programs.installation(Role.OWNER):
        from vungxanh.config import upkeep

        upkeep.migrate()


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def doctor(*, as_json: bool) -> None:
    """Say in words what is wrong with this installation; exit 1 when something is."""
    from vungxanh.config import checkup
    from vungxanh.config.language import cli_language

    found = checkup.examine()
    if as_json:
        click.echo(json.dumps([result.as_dict() for result in found], ensure_ascii=False))
    else:
        for result in found:
            click.echo(result.line(cli_language()))
    if not all(result.is_well or result.is_warning for result in found):
        raise SystemExit(1)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only count, by table; delete nothing.")
def purge(*, as_json: bool, is_dry: bool) -> None:
    """Delete what is past its time; the worker does so every night."""
    with programs.installation(Role.WORKER):
        from vungxanh.core import upkeep
        from vungxanh.core.clock import now

        removed = upkeep.overdue(now()) if is_dry else upkeep.purge(now())
    lines = [f"{room}: {number}" for room, number in removed.items()]
    click.echo(json.dumps(removed) if as_json else "\n".join(lines), err=not as_json)


@click.command()
@click.option("--check", is_flag=True, help="Only say whether the file is up to date.")
def openapi(*, check: bool) -> None:
    """Write docs/openapi.json from the API as it is served."""
    programs.prepare_without_database()
    from vungxanh.config.api import PUBLISHED, openapi_text

    if not check:
        PUBLISHED.write_text(openapi_text(), encoding="utf-8")
    elif not PUBLISHED.exists() or PUBLISHED.read_text(encoding="utf-8") != openapi_text():
        click.echo("docs/openapi.json is older than the API: run `make openapi`.", err=True)
        raise SystemExit(1)


def _be_a_service(with_parent: bool) -> None:  # noqa: FBT001
    programs.end_on_signals()
    if with_parent:
        programs.end_with_parent()
