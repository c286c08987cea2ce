"""What keeps an answer from being everyone, and what a person is told about it."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from vungxanh.documents import vietnamese
from vungxanh.engines.tracing.types import Contacts, Visits
from vungxanh.refusals import Words

# A generation with such a share of everybody helps nobody to choose whom to call first.
EVERYBODY: Final = 0.5


@dataclass(frozen=True, slots=True)
class Caps:
    """0 means no cap.

    Places with more than `crowd` visits are left out of the search: a public call serves better
    there. A generation of more than `most` contacts is given whole, but not followed further.
    """

    crowd: int = 0
    most: int = 0


def without_crowds(visits: Visits, crowd: int) -> tuple[Visits, int]:
    """The visits to places with at most `crowd` of them, and how many places that leaves out.

    With 0 nothing is left out.
    """
    if not crowd:
        return visits, 0
    _, place, n_visits = np.unique(visits.place_id, return_inverse=True, return_counts=True)
    kept = n_visits[place] <= crowd
    columns = (visits.person_id, visits.place_id, visits.t_in, visits.t_out)
    return Visits(*(column[kept] for column in columns)), int((n_visits > crowd).sum())


def with_warnings(contacts: Contacts, visits: Visits, caps: Caps, *, n_crowds: int) -> Contacts:
    """Contacts of visits with what a person should know, where the engine itself says nothing."""
    n_people = np.unique(visits.person_id).size
    generations, counts = np.unique(contacts.generation, return_counts=True)
    warnings = crowded(n_crowds, caps)
    for generation, n in zip(generations.tolist(), counts.tolist(), strict=True):
        warnings += everybody(generation, n, n_people)
    return replace(contacts, warnings=tuple(warnings))


def crowded(n_places: int, caps: Caps) -> list[Words]:
    """That places were left out because too many people came."""
    if not n_places:
        return []
    n, vi, en = caps.crowd, _vi(n_places), _en(n_places)
    return [
        Words(
            f"{vi} địa điểm có hơn {_vi(n)} lượt vào không tính ở đây: ra thông báo tìm người"
            " đến những nơi ấy.",
            f"{en} places with over {_en(n)} visits are not counted here: publish a call for"
            " those who were there.",
        )
    ]


def everybody(generation: int, n_contacts: int, n_people: int) -> list[Words]:
    """That a generation is most of the people there are."""
    if not n_people or n_contacts < EVERYBODY * n_people:
        return []
    percent = 100 * n_contacts // n_people
    return [
        Words(
            f"Vòng {generation} gồm {percent} % số người có lượt ghi: danh sách này gần như là tất"
            " cả mọi người. Thu hẹp khoảng lây, tăng thời gian gặp tối thiểu hoặc bỏ nơi quá đông.",
            f"Generation {generation} holds {percent} % of all people with visits: this list is"
            " nearly everybody. Narrow the windows, ask for longer meetings or leave crowds out.",
        )
    ]


def not_followed(generation: int, n_contacts: int, caps: Caps) -> list[Words]:
    """That a generation was too large to look for the next."""
    return [
        Words(
            f"Vòng {generation} có {_vi(n_contacts)} người, hơn mức {_vi(caps.most)}: không tìm"
            " vòng sau.",
            f"Generation {generation} has {_en(n_contacts)} people, over the cap of"
            f" {_en(caps.most)}: the next is not looked for.",
        )
    ]


def _vi(number: int) -> str:
    return vietnamese.count(number, "vi")


def _en(number: int) -> str:
    return vietnamese.count(number, "en")
