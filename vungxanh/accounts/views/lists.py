"""What pages with a list of numbered pages show."""

from vungxanh.core.paging import PAGE_SIZE, Page, Row


def pages_of(page: Page[Row]) -> dict[str, object]:
    """The context of `core/_pagination.html`."""
    first = (page.number - 1) * PAGE_SIZE
    return {
        "total": page.n_rows,
        "first": first + 1 if page.rows else 0,
        "last": first + len(page.rows),
        "previous_url": f"?trang={page.previous}" if page.previous else "",
        "next_url": f"?trang={page.following}" if page.following else "",
    }
