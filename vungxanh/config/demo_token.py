"""`vungxanh demo token`: a phone with a proved number and a point, to try the API of a demo."""

import secrets

from vungxanh.config import paths, serving
from vungxanh.config.database import Role, is_embedded
from vungxanh.config.demo import NotEmbeddedError, loaded_mark
from vungxanh.config.demo_run import is_ready
from vungxanh.config.programs import installation
from vungxanh.refusals import RefusalError, Words


class NoDemoError(RefusalError):
    """No demo of this folder answers on this port."""

    def __init__(self, port: int) -> None:
        words = Words(
            vi=f"Không thấy bản chạy thử ở cổng {port}. Chạy “make run” trước; đặt PORT và "
            "VUNGXANH_HOME như khi chạy.",
            en=f"No demo answers on port {port}. Start “make run” first; set PORT and "
            "VUNGXANH_HOME as they were then.",
        )
        super().__init__("config.no_demo", words)


def example() -> dict[str, str]:
    """The document: `base_url`, `token`, `point`. Each call is another phone of another person."""
    if not is_embedded():
        raise NotEmbeddedError
    site = serving.site()
    if not loaded_mark(paths.home()).exists() or not is_ready(site):
        raise NoDemoError(site.port)
    with installation(Role.WEB):
        from vungxanh.checkins.demo import example_point
        from vungxanh.core.clock import now
        from vungxanh.people.demo import example_phone

        # Numbers that end like this are in no list that we know of; a demo sends nothing.
        number = f"+8490000{secrets.randbelow(10_000):04d}"
        token = example_phone(number, at=now())
        return {"base_url": site.urls[0], "token": token, "point": example_point()}
