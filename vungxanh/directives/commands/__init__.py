"""`letters read` and `letters check`: pure verbs over a letter, without Django or a database."""

from vungxanh.directives.commands.verbs import letters

__all__ = ["letters"]
