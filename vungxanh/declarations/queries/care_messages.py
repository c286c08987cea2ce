"""The templates of what is told about care and contests."""

from importlib import resources

from vungxanh.messaging.values.templates import Template, read_templates

PUBLISHED = resources.files("vungxanh.declarations").joinpath("published/care.toml")


def message_templates() -> tuple[Template, ...]:
    """As the package brings them; no query."""
    return read_templates(PUBLISHED.read_text("utf-8"))
