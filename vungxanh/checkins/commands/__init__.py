"""`tracing build`, `contacts`, `clusters`: pure verbs over files, without Django or a database."""

from vungxanh.checkins.commands.verbs import tracing

__all__ = ["tracing"]
