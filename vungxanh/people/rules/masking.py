"""What of somebody's own particulars shows before they ask to see it: phones are looked over."""


def masked_name(name: str) -> str:
    """The first syllable and the initials of the rest.

    >>> masked_name("Người Mẫu Một"), masked_name("Mẫu"), masked_name("")
    ('Người M. M.', 'M.', '')
    """
    syllables = name.split()
    if len(syllables) == 1:
        return f"{syllables[0][0]}."
    return " ".join([*syllables[:1], *(f"{one[0]}." for one in syllables[1:])])


def masked_birth(birth: str) -> str:
    """Of a birth that `read_birth` gave the last two digits of the year at most.

    >>> masked_birth("1985-03-20"), masked_birth("1985"), masked_birth("")
    ('••/••/••85', '••85', '')
    """
    if not birth:
        return ""
    year = f"••{birth[2:4]}"
    return year if len(birth) == len("1985") else f"••/••/{year}"


def written_birth(birth: str) -> str:
    """A kept birth as people write it.

    >>> written_birth("1985-03-20"), written_birth("1985")
    ('20/3/1985', '1985')
    """
    year, _, rest = birth.partition("-")
    month, _, day = rest.partition("-")
    return f"{int(day)}/{int(month)}/{year}" if rest else year
