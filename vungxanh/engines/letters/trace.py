"""The trace: which rule read which words as what, in the order of the letter."""

from collections.abc import Iterator, Sequence
from typing import Final

from vungxanh.engines.letters.passages import Span
from vungxanh.engines.letters.types import Reading, Step, Task

_FIELDS: Final = {
    "number": ("head.number", "số, ký hiệu"),
    "date": ("head.dated", "ngày ban hành"),
    "place": ("head.place", "nơi ban hành"),
    "subject": ("head.subject", "trích yếu"),
    "type": ("head.title", "loại văn bản"),
    "urgency": ("head.urgency", "độ khẩn"),
    "issuing_agency": ("head.agencies", "cơ quan ban hành"),
    "parent_agency": ("head.agencies", "cơ quan chủ quản"),
}


def trace_of(reading: Reading, tables: Sequence[Step]) -> tuple[Step, ...]:
    """One step for each item, ordered by where it stands; `tables` are those of the tables."""
    told = (_step(reading, step.rule, step.span, says=step.says) for step in tables)
    steps = [step for step in (*_steps(reading), *told) if step.span[1] > step.span[0]]
    return tuple(sorted(steps, key=lambda step: (step.span, step.rule)))


def _steps(reading: Reading) -> Iterator[Step]:
    yield from _head(reading)
    yield from _named(reading)
    for task in reading.tasks:
        yield from _task(reading, task)
    yield from _figures(reading)
    yield from _end(reading)


def _head(reading: Reading) -> Iterator[Step]:
    for name, span in reading.document.spans.items():
        rule, says = _FIELDS[name]
        yield _step(reading, rule, span, says=says)


def _named(reading: Reading) -> Iterator[Step]:
    for named in reading.addressees:
        yield _step(reading, "addressees.items", named.span, says="nơi nhận (Kính gửi)")
    for citation in reading.citations:
        says = f"văn bản viện dẫn: {citation.number}, {citation.role}"
        yield _step(reading, "citations.numbered", citation.span, says=says)
    for contact in reading.contacts:
        yield _step(reading, f"contacts.{contact.kind}", contact.span, says="liên hệ")
    for attachment in reading.attachments:
        yield _step(reading, "attachments.titles", attachment.span, says="kèm theo")


def _task(reading: Reading, task: Task) -> Iterator[Step]:
    yield _step(reading, "orders.clause", task.span, says=f"việc {task.id}")
    for span in task.assignee_spans:
        yield _step(reading, "sections.heading", span, says=f"ai làm: việc {task.id}")
    if task.deadline.span:
        says = f"hạn của việc {task.id}: {task.deadline.type.value}"
        yield _step(reading, f"deadlines.{task.deadline.type.value}", task.deadline.span, says=says)
    if task.target:
        yield _step(
            reading, "figures.target_of", task.target.span, says=f"chỉ tiêu của việc {task.id}"
        )


def _figures(reading: Reading) -> Iterator[Step]:
    for fact in reading.facts:
        yield _step(reading, "figures.fact", fact.span, says=f"số liệu: {fact.metric}")
    for goal in reading.campaign_targets:
        yield _step(reading, "figures.goal", goal.span, says=f"chỉ tiêu chung: {goal.metric}")


def _end(reading: Reading) -> Iterator[Step]:
    for recipient in reading.recipients:
        says = f"nơi nhận: {recipient.purpose or 'không ghi mục đích'}"
        yield _step(reading, "tail.recipients", recipient.span, says=says)
    if reading.signer.span:
        yield _step(reading, "tail.signer", reading.signer.span, says="người ký")


def _step(reading: Reading, rule: str, span: Span, *, says: str) -> Step:
    return Step(rule, span, reading.text[span[0] : span[1]], says)
