"""Sessions in the database, found by a keyed digest of what the browser's cookie says.

The table never holds the key that opens a session, so who reads the table, or a dump of it, can
take over none. The digest is HMAC-SHA256 under a key of its own, derived from the index key, which
lies outside the data; of its 256 bits 240 stand in Django's column of 40 characters.
"""

from base64 import urlsafe_b64encode

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from vungxanh.core.sealed import IndexKey

KEYS = IndexKey("django_session.session_key", normalise=str)
_KEPT_BYTES = 30


class SessionStore(db.SessionStore):
    """Django's sessions in the database; only what stands in the key's place differs."""

    # Django's own asynchronous forms would look for the key itself.
    aload = SessionBase.aload
    aexists = SessionBase.aexists
    acreate = SessionBase.acreate
    asave = SessionBase.asave
    adelete = SessionBase.adelete

    def load(self) -> dict[str, object]:
        """What the session holds; a key that nobody was given becomes none."""
        key = self.session_key
        kept = _rows(key).filter(expire_date__gt=timezone.now()).first() if key else None
        if kept is None:
            self._session_key = None
            return {}
        return self.decode(kept.session_data)

    def exists(self, session_key: str) -> bool:
        """Whether a session has this key."""
        return _rows(session_key).exists()

    def create_model_instance(self, data: dict[str, object]) -> AbstractBaseSession:
        """The row to be written; during a change of the index key it keeps its older digest."""
        row = super().create_model_instance(data)
        places = _places(row.session_key)
        held = _rows(row.session_key).first() if len(places) > 1 else None
        row.session_key = held.session_key if held else places[0]
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Forget the session with this key, or this one."""
        key = self.session_key if session_key is None else session_key
        if key is not None:
            _rows(key).delete()


def _rows(key: str) -> "QuerySet[Session]":
    return Session.objects.filter(session_key__in=_places(key))


def _places(key: str) -> list[str]:
    """What stands in the table for a key, the current index key first."""
    return [urlsafe_b64encode(digest[:_KEPT_BYTES]).decode("ascii") for digest in KEYS.digests(key)]
