"""A list of invented people, registered as a room would: for tests of exports alone."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.apps import apps

from vungxanh.accounts.values.exports import PersonList, Row
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.refusals import Words

NAME = "test_people"
TRAN_PHU = "vn-2021:21586"


class People:
    """Lists of invented people, each of one officer and one unit; what was read, and for what."""

    def __init__(self) -> None:
        self.owners: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        self.purposes: list[str] = []
        self.unit = TRAN_PHU
        self.first_cell = "=1+1"

    def open_list(self, list_id: str, owner: Viewer, n: int) -> str:
        """Give an officer an open list of so many people."""
        self.owners[list_id], self.sizes[list_id] = owner.id, n
        return list_id

    def count(self, viewer: Viewer, list_id: str) -> int:
        """How many people are on the officer's own list."""
        self._must_own(viewer, list_id)
        return self.sizes[list_id]

    def rows(self, viewer: Viewer, list_id: str) -> Iterable[Row]:
        """The people on the officer's own list."""
        self._must_own(viewer, list_id)
        self.purposes.append(viewer.purpose)
        return [self._row(number) for number in range(self.sizes[list_id])]

    def units(self, viewer: Viewer, list_id: str) -> frozenset[str]:
        """Of which units the people are."""
        self._must_own(viewer, list_id)
        return frozenset(self.unit.split(","))

    def registered(self) -> PersonList:
        """The list as a room registers it."""
        return PersonList(
            title=Words("Người cần gọi (mẫu)", "People to call (invented)"),
            columns=(
                ("name", Words("Họ tên", "Name")),
                ("phone", Words("Điện thoại", "Telephone")),
                ("note", Words("Ghi chú", "Note")),
            ),
            rows=self.rows,
            count=self.count,
            units=self.units,
        )

    def _row(self, number: int) -> Row:
        note = self.first_cell if number == 0 else "cần gọi lại buổi chiều"
        return {"name": f"Người mẫu {number + 1}", "phone": "0900 000 000", "note": note}

    def _must_own(self, viewer: Viewer, list_id: str) -> None:
        if self.owners.get(list_id) != viewer.id:
            raise MissingError


@contextmanager
def registered(people: People) -> Iterator[People]:
    """Register the list under a name that only tests know."""
    config = apps.get_app_config("accounts")
    config.person_lists = {NAME: people.registered()}  # type: ignore[attr-defined]
    try:
        yield people
    finally:
        del config.person_lists  # type: ignore[attr-defined]
