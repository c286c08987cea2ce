"""Points that citizens' phones register."""

from ninja import Router

router = Router(tags=["points"])
