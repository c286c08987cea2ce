"""What a reader chose on a device."""

import pytest
from django.utils import translation

from vungxanh.core.preferences import reader_language


@pytest.mark.parametrize(
    ("active", "spoken"), [("vi", "vi"), ("en", "en"), ("en-gb", "en"), (None, "vi")]
)
def test_a_page_speaks_the_active_language_else_vietnamese(active: str | None, spoken: str) -> None:
    with translation.override(active):
        assert reader_language() == spoken
