"""A line between a browser and a server as slow as a phone's: bytes late, few at once."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.serving import free_port


@dataclass(frozen=True, slots=True)
class Line:
    """`one_way_s` seconds that each byte takes, `bytes_per_s` of the way down; up is as fast."""

    one_way_s: float
    bytes_per_s: float


SLOW_3G = Line(one_way_s=0.2, bytes_per_s=50_000)
"""400 kbit/s and 400 ms there and back: "Slow 3G" of WebPageTest."""
_PIECE = 1400
_START_S = 10


@contextmanager
def slowly(line: Line, to_port: int) -> Iterator[int]:
    """A port of this machine that leads to another over the line, while the block runs."""
    port, loop, is_ready = free_port(), asyncio.new_event_loop(), threading.Event()
    stop = asyncio.Event()

    async def run() -> None:
        shared = asyncio.Lock()  # all connections share the line

        async def meet(up: asyncio.StreamReader, down: asyncio.StreamWriter) -> None:
            reader, writer = await asyncio.open_connection("127.0.0.1", to_port)
            await asyncio.gather(_carry(up, writer, line, None), _carry(reader, down, line, shared))

        server = await asyncio.start_server(meet, "127.0.0.1", port)
        is_ready.set()
        await stop.wait()
        server.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=[run()], daemon=True)
    thread.start()
    is_ready.wait(_START_S)
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(_START_S)


async def _carry(
    source: asyncio.StreamReader,
    target: asyncio.StreamWriter,
    line: Line,
    shared: asyncio.Lock | None,
) -> None:
    """Pass bytes on, late; where the line is shared, as many a second as it takes."""
    loop = asyncio.get_running_loop()
    waiting: set[asyncio.Task[None]] = set()
    last = asyncio.Event()
    last.set()
    try:
        while piece := await source.read(_PIECE):
            if shared is not None:
                async with shared:
                    await asyncio.sleep(len(piece) / line.bytes_per_s)
            before, last = last, asyncio.Event()
            task = loop.create_task(_arrive(piece, target, line.one_way_s, (before, last)))
            waiting.add(task)
            task.add_done_callback(waiting.discard)
        await last.wait()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    target.close()


async def _arrive(
    piece: bytes,
    target: asyncio.StreamWriter,
    late_s: float,
    turn: tuple[asyncio.Event, asyncio.Event],
) -> None:
    """Write a piece after its time on the line, and after the one before it."""
    before, done = turn
    await asyncio.sleep(late_s)
    await before.wait()
    if not target.is_closing():
        target.write(piece)
    done.set()
