"""Cases that nobody saw anywhere: most often a wrong id, which would look like good news."""

import numpy as np

from vungxanh.documents.vietnamese import count
from vungxanh.engines.tracing.store import Store, visits_under
from vungxanh.engines.tracing.types import Int64s, Visits
from vungxanh.refusals import Words


def unseen_in_store(store: Store, person_id: Int64s) -> tuple[Words, ...]:
    """The warning about persons without any visit in a store, if there are any."""
    ids = np.unique(person_id)
    codes = store.persons.codes_of(ids)
    n_seen = np.count_nonzero(visits_under(store.by_person, codes[codes >= 0]))
    return _warnings(ids.size - int(n_seen))


def unseen_in_visits(visits: Visits, person_id: Int64s) -> tuple[Words, ...]:
    """The warning about persons without any of these visits, if there are any."""
    ids = np.unique(person_id)
    return _warnings(ids.size - int(np.count_nonzero(np.isin(ids, visits.person_id))))


def _warnings(n: int) -> tuple[Words, ...]:
    if not n:
        return ()
    plural = f"{count(n, 'en')} cases have no visit at all: check their ids."
    en = "1 case has no visit at all: check its id." if n == 1 else plural
    return (Words(f"{count(n)} ca không có lượt vào nào: kiểm tra lại mã.", en),)
