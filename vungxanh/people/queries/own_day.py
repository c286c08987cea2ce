"""A citizen's own day, as every room tells it."""

from datetime import datetime

from django.apps import apps

from vungxanh.people.values.own_day import DayLine


def day_lines(person_id: int | None, at: datetime) -> tuple[DayLine, ...]:
    """What happened today, newest first.

    A room tells it by a method of its AppConfig, `own_day(person_id, at)`, which hands over lines.
    """
    if person_id is None:
        return ()
    told = (getattr(config, "own_day", None) for config in apps.get_app_configs())
    lines = [line for tell in told if tell is not None for line in tell(person_id, at)]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))
