"""`exposure ids`, `match`, `verify`, `export`: pure verbs over files, without Django or a store."""

from vungxanh.exposure.commands.verbs import exposure

__all__ = ["exposure"]
