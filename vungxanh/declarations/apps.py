"""The room of health declarations."""

from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig

if TYPE_CHECKING:
    from vungxanh.messaging.values.templates import Template


class DeclarationsConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.declarations"
    label = "declarations"
    duty_pages: ClassVar[dict[str, str]] = {
        "declarations.ill": "declarations-care_of_duty",
        "declarations.ill_raised": "declarations-care_of_duty",
        "declarations.contest": "declarations-contest_of_duty",
    }

    def message_templates(self) -> "tuple[Template, ...]":
        """What this room tells people, health stations and the units above by message."""
        from vungxanh.declarations.queries.care_messages import message_templates

        return message_templates()
