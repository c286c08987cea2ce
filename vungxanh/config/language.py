"""The language of the command line."""

import os


def cli_language() -> str:
    """English when the environment asks for it (VUNGXANH_LANG, else the locale), or Vietnamese."""
    for variable in ("VUNGXANH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        asked = os.environ.get(variable, "")
        if asked:
            return "en" if asked.lower().startswith("en") else "vi"
    return "vi"
