"""A name as lists show it before anybody is opened."""


def initials(name: str) -> str:
    """The first letters alone.

    >>> initials("Người Mẫu Một"), initials("")
    ('N. M. M.', '')
    """
    return " ".join(f"{word[0].upper()}." for word in name.split())
