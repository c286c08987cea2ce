"""The language of the command line."""

import os

from vungxanh.core import language


def cli_language() -> str:
    """What `--lang` says, else the environment (VUNGXANH_LANG, then the locale), or Vietnamese."""
    return language.chosen() or language.of_environment(os.environ)
