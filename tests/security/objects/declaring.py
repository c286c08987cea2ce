"""What somebody of Quy Nhơn declared, on their own phone."""

from tests.factories.people import Colleague
from tests.security.doors import Thing
from vungxanh.core import clock
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.form_versions import load_forms


def things(owner: Colleague) -> list[Thing]:
    """A form that everybody may open, its first page, a declaration that is nobody else's."""
    load_forms(by=SYSTEM, at=clock.now())
    return [
        Thing("/khai/", "code", "general", is_secret=False),
        Thing("/khai/", "page", "you", is_secret=False),
        Thing("/api/v1/questionnaires/", "name", "general@2", is_secret=False),
        Thing("/khai/xong/", "declaration_id", str(new_id())),
    ]
