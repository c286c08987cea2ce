"""The templates of this room's messages."""

from importlib import resources

from vungxanh.messaging.values.templates import Template, read_templates

PUBLISHED = resources.files("vungxanh.checkins").joinpath("published/messages.toml")


def message_templates() -> tuple[Template, ...]:
    """As the package brings them; no query."""
    return read_templates(PUBLISHED.read_text("utf-8"))
