"""What pages with a list of numbered pages show."""

from vungxanh.core.paging import PAGE_SIZE, Page, Row


def pages_of(page: Page[Row]) -> dict[str, object]:
    """The context of `core/_pagination.html`."""
    return {
        **rows_of(page),
        "previous_url": f"?trang={page.previous}" if page.previous else "",
        "next_url": f"?trang={page.following}" if page.following else "",
    }


def rows_of(page: Page[Row]) -> dict[str, int]:
    """Which rows of the list a page shows, counted from 1, and of how many."""
    before = (page.number - 1) * PAGE_SIZE
    return {
        "total": page.n_rows,
        "first": before + 1 if page.rows else 0,
        "last": before + len(page.rows),
    }
