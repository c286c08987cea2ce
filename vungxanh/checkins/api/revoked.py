"""The list of codes that no longer hold, as phones fetch it."""

from ninja import Router

router = Router(tags=["points"])
