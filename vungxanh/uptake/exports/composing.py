"""Everything that a report of a unit is made of, read once, and the documents made from it."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import msgspec

from vungxanh.core.viewer import Viewer
from vungxanh.documents.content import Annex, Document, Letter
from vungxanh.locations.values import Unit
from vungxanh.reports.values import ReportKind
from vungxanh.uptake.exports.annex import figures_annex
from vungxanh.uptake.exports.figures import Layout, layout_of
from vungxanh.uptake.exports.letter import narrative_letter
from vungxanh.uptake.exports.options import proposed
from vungxanh.uptake.exports.sheet import standing_of
from vungxanh.uptake.models import Claim, Target
from vungxanh.uptake.overview.goal import target_of
from vungxanh.uptake.overview.look import Look, Scene
from vungxanh.uptake.overview.ranking import Standing
from vungxanh.uptake.overview.reading import see
from vungxanh.uptake.values import ReportOptions

DRAFT = "Bản nháp, chưa chốt"


@dataclass(frozen=True, slots=True)
class Material:
    """What was read for a report: the scene of the unit page, its ranks, claims and target."""

    scene: Scene
    found: Standing
    layout: Layout
    claims: tuple[Claim, ...]
    target: Target | None

    @property
    def as_of(self) -> datetime:
        """The newest counts of the table."""
        return self.layout.counted_at

    def subject(self, kind: ReportKind) -> str:
        """What all editions of the report have in common: kind, unit, day and ranking base."""
        unit, by = self.scene.unit.id, self.layout.main.name
        return f"uptake:{kind.value}:{unit}:{self.layout.on.isoformat()}:{by}"


def gather(viewer: Viewer, unit: Unit, look: Look) -> Material:
    """Read a report's material; refused with `uptake.nothing_to_report` while there is none."""
    scene = see(viewer, unit, look)
    layout = layout_of(scene)
    return Material(
        scene=scene,
        found=standing_of(scene),
        layout=layout,
        claims=scene.claims,
        target=target_of(scene),
    )


def options_of(material: Material, last: Document | None) -> ReportOptions:
    """What is proposed: the head of the last edition where there is one, else the usual one."""
    usual = proposed(material.scene, material.layout)
    if last is None:
        return usual
    if isinstance(last, Letter):
        return _with_head(_signed_like(usual, last), last.annexes[0], last)
    return _with_head(usual, last, last)


def document_of(material: Material, kind: ReportKind, options: ReportOptions) -> Document:
    """The finished document, without draft mark or stamp."""
    scene, found = material.scene, material.found
    if kind is ReportKind.ANNEX:
        return figures_annex(scene, found, options, claims=material.claims)
    return narrative_letter(scene, found, options, claims=material.claims, target=material.target)


def as_draft(document: Document) -> Document:
    """The document with the mark of a draft, which cannot be frozen."""
    return msgspec.structs.replace(document, draft=DRAFT)


def figures_digest(document: Document) -> str:
    """A digest of the figures alone: whether they changed while somebody wrote the head."""
    annexes = (document,) if isinstance(document, Annex) else document.annexes
    return sha256(msgspec.json.encode([annex.tables for annex in annexes])).hexdigest()


def _with_head(usual: ReportOptions, annex: Annex, last: Document) -> ReportOptions:
    head = last.letterhead
    if head is not None:
        usual = replace(usual, parent=head.parent, agency=head.agency)
    if annex.attached_to is not None:
        serial = annex.attached_to.serial
        usual = replace(usual, symbol=serial.symbol, number=serial.number, dated=serial.dated)
    return replace(usual, label=annex.label, title=annex.title)


def _signed_like(usual: ReportOptions, last: Letter) -> ReportOptions:
    line = last.signature.lines[0]
    return replace(
        usual,
        place=last.place,
        subject=last.subject,
        addressees=last.addressees,
        recipients=tuple(recipient.who for recipient in last.recipients),
        post=line.post,
        authority=line.authority,
        signer=last.signature.name,
    )
