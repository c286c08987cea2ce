"""Proofs that what had to go is gone."""

from datetime import datetime, timedelta
from uuid import UUID

from vungxanh.core import keys
from vungxanh.core.keys import Use
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.people.models import ErasureProof, PurgeProof
from vungxanh.people.values.rights import ProofLine, PurgeLine

CAPABILITY = "audit.view"
PURGED_WITHIN = timedelta(hours=26)  # a night, and two hours for a slow one


def erasures(viewer: Viewer, page: object = 1) -> Page[ProofLine]:
    """Erasures, newest first; two queries."""
    viewer.require(CAPABILITY)
    rows: Page[ErasureProof] = numbered(ErasureProof.objects.defer("subject"), page)
    held = _held_keys()
    lines = tuple(_erasure(row, held) for row in rows)
    return Page(lines, rows.number, rows.n_pages, rows.n_rows)


def purges(viewer: Viewer, page: object = 1) -> Page[PurgeLine]:
    """Nights, newest first; two queries."""
    viewer.require(CAPABILITY)
    rows: Page[PurgeProof] = numbered(PurgeProof.objects.all(), page)
    return Page(tuple(_purge(row) for row in rows), rows.number, rows.n_pages, rows.n_rows)


def last_purge() -> PurgeLine | None:
    """The newest night's proof, for `vungxanh doctor`; one query."""
    row = PurgeProof.objects.filter(is_dry=False).first()
    return _purge(row) if row else None


def is_purged(at: datetime) -> bool:
    """Whether the last night's purge ran, and left nothing past its time."""
    last = last_purge()
    return last is not None and at - last.ended_at <= PURGED_WITHIN and not last.n_left


def erasure(proof_id: UUID) -> ProofLine | None:
    """One proof, for the person who was just erased and got its number."""
    row = ErasureProof.objects.defer("subject").filter(pk=proof_id).first()
    return _erasure(row, _held_keys()) if row else None


def _held_keys() -> set[str]:
    return {key_id.hex() for use in (Use.PEOPLE, Use.DATA) for key_id in keys.ring(use).keys}


def _erasure(row: ErasureProof, held: set[str]) -> ProofLine:
    named = (row.key_id, row.data_key_id)
    return ProofLine(
        id=row.pk,
        erased_at=row.erased_at,
        n_rows=sum(n for tables in row.counts.values() for n in tables.values()),
        counts=row.counts,
        left=row.left,
        checked_at=row.checked_at,
        key_ids=tuple(key_id for key_id in named if key_id.strip("0")),
        held_keys=tuple(key_id for key_id in named if key_id in held),
    )


def _purge(row: PurgeProof) -> PurgeLine:
    return PurgeLine(row.pk, row.began_at, row.ended_at, row.is_dry, row.counts, row.overdue)
