"""The application: a table of raw ASGI paths, then synchronous Django behind the bridge."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vungxanh.config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

# What follows reads tables' names, and so needs the prepared Django that this call leaves.
django_application = get_wsgi_application()

from vungxanh.checkins.api.visits import PATH, visits_app  # noqa: E402
from vungxanh.config import gauges, limits, variables  # noqa: E402
from vungxanh.core.bridge import (  # noqa: E402
    Asgi,
    Bridge,
    Limits,
    Receive,
    Scope,
    Send,
)
from vungxanh.core.errors import MissingError  # noqa: E402
from vungxanh.core.raw_asgi import language_of, send_refusal  # noqa: E402
from vungxanh.declarations.api.declarations import PATH as DECLARE  # noqa: E402
from vungxanh.declarations.api.declarations import declarations_app  # noqa: E402

# Paths too hot for Django: what phones send.
visits = visits_app()
declared = declarations_app()
PATHS: dict[str, Asgi] = {PATH: visits, DECLARE: declared}
# What a program of intake alone answers besides: whether it lives, and how it does.
LOOKED_AT = frozenset({"/healthz", "/readyz", "/metrics"})

bridge = Bridge(
    django_application,
    Limits(
        threads=variables.whole_number("VUNGXANH_THREADS", 16),
        body_bytes=settings.UPLOAD_BYTES,
        body_bytes_of=limits.body_bytes,
    ),
)
gauges.load = bridge.load
# A room that cannot be imported stops the start, not the first visitor.
get_resolver().url_patterns  # noqa: B018
# What was loaded stays: the collector need not walk it at every request.
gc.collect()
gc.freeze()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """What uvicorn serves."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["type"] == "http":
        await app_for(scope["path"])(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1000})


def app_for(path: str) -> Asgi:
    """The raw application of a path, or Django; intake alone has no pages."""
    if settings.IS_INTAKE and path not in PATHS and path not in LOOKED_AT:
        return elsewhere
    return PATHS.get(path, bridge)


async def elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
    """Not here: pages are another program's."""
    await send_refusal(send, MissingError(), language_of(scope))


async def lifespan(receive: Receive, send: Send) -> None:
    """Start and stop with the server: the last requests end before the threads do."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.shutdown":
            await visits.close()
            await declared.close()
            bridge.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
        await send({"type": "lifespan.startup.complete"})
