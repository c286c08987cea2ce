"""What was asked lately is known without asking; what nobody waits for is not kept."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from typing import Any

import pytest

from tests.factories import loops
from vungxanh.core.remembered import Remembered


class Asked:
    """Answers with the length of a key, none for an empty one; away for the first questions."""

    def __init__(self, n_away: int = 0) -> None:
        self.n_away = n_away
        self.questions: list[list[str]] = []

    def __call__(self, keys: Sequence[str]) -> Mapping[str, int]:
        self.questions.append(sorted(keys))
        if len(self.questions) <= self.n_away:
            raise ConnectionError
        return {key: len(key) for key in keys if key}


def remembering(
    asked: Asked, work: Callable[[Remembered[str, int]], Coroutine[Any, Any, Any]], **options: Any
) -> Any:
    async def run() -> Any:
        remembered = Remembered(asked, **options)
        try:
            return await work(remembered)
        finally:
            remembered.close()

    return loops.run(run())


def test_an_answer_is_kept_for_its_time_and_a_missing_one_is_not() -> None:
    async def work(remembered: Remembered[str, int]) -> list[int | None]:
        await remembered.learn(["one", ""])
        now = asyncio.get_running_loop().time()
        at = [("one", now), ("one", now + 59), ("one", now + 61), ("", now)]
        return [remembered.known(key, when) for key, when in at]

    assert remembering(Asked(), work) == [3, 3, None, None]


def test_the_oldest_answers_make_room() -> None:
    async def work(remembered: Remembered[str, int]) -> list[int | None]:
        await remembered.learn(["one"])
        await remembered.learn(["three"])
        await remembered.learn(["seven!"])
        now = asyncio.get_running_loop().time()
        return [remembered.known(key, now) for key in ("one", "three", "seven!")]

    assert remembering(Asked(), work, most=2) == [None, 5, 6]


def test_those_who_wait_are_asked_for_together_and_everybody_is_answered() -> None:
    asked = Asked()

    async def work(remembered: Remembered[str, int]) -> list[int | None]:
        await asyncio.gather(*(remembered.learn([key]) for key in ("a", "bb", "ccc", "bb")))
        now = asyncio.get_running_loop().time()
        return [remembered.known(key, now) for key in ("a", "bb", "ccc")]

    assert remembering(asked, work) == [1, 2, 3]
    assert asked.questions == [["a"], ["bb", "ccc"]]


def test_who_waits_behind_a_question_that_failed_is_asked_for_again() -> None:
    asked = Asked(n_away=1)

    async def work(remembered: Remembered[str, int]) -> list[Any]:
        waiting = [remembered.learn(["a"]), remembered.learn(["bb"])]
        told = await asyncio.gather(*waiting, return_exceptions=True)
        return [*told, remembered.known("bb", asyncio.get_running_loop().time())]

    failed, told, found = remembering(asked, work)
    assert (type(failed), told, found) == (ConnectionError, None, 2)


def test_what_was_asked_while_nobody_answered_is_not_kept() -> None:
    asked = Asked(n_away=3)

    async def work(remembered: Remembered[str, int]) -> None:
        for key in ("a", "bb", "ccc"):
            with pytest.raises(ConnectionError):
                await remembered.learn([key])
        await remembered.learn(["dddd"])

    remembering(asked, work)
    assert asked.questions[-1] == ["dddd"]


def test_what_somebody_asked_who_has_gone_is_not_kept() -> None:
    asked = Asked()

    async def work(remembered: Remembered[str, int]) -> None:
        first = asyncio.create_task(remembered.learn(["a"]))
        gone = asyncio.create_task(remembered.learn(["bb"]))
        await asyncio.sleep(0)
        gone.cancel()
        with suppress(asyncio.CancelledError):
            await gone
        await first
        await remembered.learn(["ccc"])

    remembering(asked, work)
    assert asked.questions[-1] == ["ccc"]
