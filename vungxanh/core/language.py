"""The language that the command line speaks: `--lang`, else the environment, else Vietnamese."""

from collections.abc import Mapping
from typing import Final

import click

VARIABLES: Final = ("VUNGXANH_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
_KEPT: Final = "vungxanh.language"


def of_environment(environment: Mapping[str, str]) -> str:
    """The language of the first variable that is set: "en" or "vi"."""
    return _spoken(next(filter(None, map(environment.get, VARIABLES)), ""))


def chosen() -> str | None:
    """What `--lang` of the command that runs says, where it has this option: "en" or "vi"."""
    context = click.get_current_context(silent=True)
    return context.meta.get(_KEPT) if context else None


def _spoken(asked: str) -> str:
    return "en" if asked.lower().startswith("en") else "vi"


def _keep(context: click.Context, _: click.Parameter, asked: str) -> str:
    """Keep the language for what is said after the command has ended, its refusal above all."""
    context.meta[_KEPT] = _spoken(asked)
    return _spoken(asked)


option = click.option(
    "--lang", default="vi", envvar=VARIABLES, callback=_keep, help="vi, en", show_default=True
)
