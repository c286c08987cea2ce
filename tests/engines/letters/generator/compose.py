"""A whole letter and its reading from one seed."""

from dataclasses import replace
from typing import Any

from tests.engines.letters.generator import noise
from tests.engines.letters.generator.annex import Annex, told_by, write_annex
from tests.engines.letters.generator.body import Body, write_body
from tests.engines.letters.generator.dice import Dice
from tests.engines.letters.generator.evidence import as_far_as_told, dated
from tests.engines.letters.generator.forward import forwarded
from tests.engines.letters.generator.head import Head, write_head
from tests.engines.letters.generator.layout import set_letter
from tests.engines.letters.generator.letter import Block, Sample
from tests.engines.letters.generator.scene import Scene, draw_scene
from tests.engines.letters.generator.spelling import Rule, respelled, tone_rules, word_rules
from tests.engines.letters.generator.tables import table
from tests.engines.letters.generator.tail import Foot, write_foot


def generate(seed: int) -> Sample:
    """The letter of a seed with its true reading."""
    dice = Dice(seed)
    scene = draw_scene(dice)
    audiences = _audiences(scene)
    head = write_head(scene, audiences)
    body = write_body(scene, audiences)
    head, tasks = forwarded(scene, head, audiences)
    body.tasks[:0] = tasks
    foot = write_foot(scene)
    annex = write_annex(scene, head)
    level = 1 if dice.maybe(0.1) else 0
    head, body, foot, annex = _in_one_hand(dice, (head, body, foot, annex))
    blocks = noise.noised(dice, body.blocks) if level else body.blocks
    text = set_letter(dice, scene.look, (head, blocks, foot, annex))
    form = dice.by_weight(noise.FORMS)
    expected = _expected(scene, (head, body, foot, annex))
    expected["document"] = as_far_as_told(scene, expected["document"], text)
    return Sample(
        text=noise.in_form(dice, text, form),
        expected={"schema": "letter/1", "id": f"generated-{seed}", **expected},
        layout=scene.look.name,
        kind=f"{scene.doc_type}/{scene.campaign}",
        table=annex.kind if annex else "none",
        noise=level,
        unicode_form=form,
    )


def _audiences(scene: Scene) -> list[str]:
    every = scene.agency.get("to") or set(table("audiences")[scene.level]) - {"schools"}
    known = [
        name
        for name in table("audiences")[scene.level]
        if name in every and not _is_self(scene, name)
    ]
    if scene.doc_type == "công văn" and scene.dice.maybe(0.25):
        return [scene.dice.one(known)]
    return scene.dice.some(known, low=min(2, len(known)), high=5)


def _is_self(scene: Scene, audience: str) -> bool:
    """Whether an audience may be the writer itself, who gives itself no work."""
    own = str(scene.slots["self"])
    names = table("audiences")[scene.level][audience]
    return any(scene.fill(name).startswith(own) for option in names for name in option)


Parts = tuple[Head, Body, Foot, Annex | None]


def _in_one_hand(dice: Dice, parts: Parts) -> Parts:
    """Each part in the spelling of its writer; text and reading alike."""
    head, body, foot, annex = parts
    tones = tone_rules(dice)
    words = [*tones, *word_rules(dice)]
    of_head = words if dice.maybe(0.5) else tones
    of_annex = annex and _annex_in(annex, tones)
    head = replace(_head_in(head, tones, of_head), note=str(respelled(head.note, words)))
    return head, _body_in(body, words), _foot_in(foot, tones), of_annex


def _annex_in(annex: Annex, rules: list[Rule]) -> Annex:
    new: dict[str, Any] = {
        "lines": respelled(annex.lines, rules),
        "reading": respelled(annex.reading, rules),
    }
    return replace(annex, **new)


def _head_in(head: Head, tones: list[Rule], words: list[Rule]) -> Head:
    new: dict[str, Any] = {
        "left": respelled(head.left, tones),
        "right": respelled(head.right, tones),
        "place_date": respelled(head.place_date, tones),
        "about": respelled(head.about, words),
        "title": respelled(head.title, words),
        "addressees": respelled(head.addressees, words),
        "greeting": respelled(head.greeting, words),
    }
    reading = {**head.reading}
    for key, value in reading.items():
        reading[key] = respelled(value, words if key == "subject" else tones)
    reading["urgency"] = head.reading["urgency"]
    return replace(head, **new, reading=reading)


def _body_in(body: Body, rules: list[Rule]) -> Body:
    blocks = [Block(block.kind, str(respelled(block.text, rules))) for block in body.blocks]
    new: dict[str, Any] = {
        name: respelled(getattr(body, name), rules)
        for name in ("citations", "facts", "targets", "tasks")
    }
    return Body(blocks=blocks, **new)


def _foot_in(foot: Foot, rules: list[Rule]) -> Foot:
    new: dict[str, Any] = {
        name: respelled(getattr(foot, name), rules)
        for name in ("copies", "signature", "name", "recipients", "signer")
    }
    return replace(foot, **new)


def _expected(scene: Scene, parts: Parts) -> dict[str, Any]:
    head, body, foot, annex = parts
    tables = [annex.reading] if annex else []
    told = told_by(scene, head, annex)
    return {
        "document": {**head.reading, **dated(scene, body, tables), **told},
        "addressees": head.addressees,
        "citations": body.citations,
        "facts": body.facts,
        "campaign_targets": body.targets,
        "tasks": body.tasks,
        "recipients": foot.recipients,
        "signer": foot.signer,
        "tables": tables,
    }
