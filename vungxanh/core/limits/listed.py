"""The limits of an installation, each with its reason. Who may do how much stands here alone."""

from dataclasses import dataclass

from vungxanh.core.limits.rule import Rate


@dataclass(frozen=True, slots=True)
class Limit:
    """How many calls of one kind an account or token may make, and how many all of one address.

    Whole offices, schools and mobile operators stand behind one address: its number is always the
    larger by far. `reason` says what is kept from harm.
    """

    name: str
    per_seconds: int
    of_one: int
    of_address: int
    reason: str

    def rate(self, *, is_address: bool) -> Rate:
        """The rate for an address, or for somebody in particular."""
        return Rate(self.of_address if is_address else self.of_one, self.per_seconds)


SIGN_IN = Limit(
    "sign-in",
    60,
    of_one=30,
    of_address=120,
    reason="Each try costs a memory-hard hash. 500 people of one office are in within five "
    "minutes; failures are counted apart, by accounts.",
)
PROOFS = Limit(
    "proofs",
    60,
    of_one=30,
    of_address=240,
    reason="Codes of six digits are found by trying. 500 people of one office show theirs within "
    "five minutes; failures are counted apart, by accounts.",
)
MAIL = Limit(
    "mail",
    300,
    of_one=60,
    of_address=300,
    reason="Each sends somebody a letter: more fills strangers' boxes, and then nobody takes our "
    "mail any longer.",
)
WRITES = Limit(
    "writes",
    60,
    of_one=240,
    of_address=2400,
    reason="Each change is a transaction and rows of the log that are kept for years; nobody "
    "decides four times a second.",
)
API = Limit(
    "api",
    60,
    of_one=600,
    of_address=1200,
    reason="Ten calls a second keep a screen or a laboratory's feed alive; more is a loop.",
)
SEARCH = Limit(
    "search",
    60,
    of_one=120,
    of_address=1200,
    reason="A search costs more than a page, and many searches copy a register.",
)
EXPORTS = Limit(
    "exports",
    300,
    of_one=60,
    of_address=300,
    reason="Files are made anew at each call, with fonts and tables: seconds, not milliseconds.",
)
UPLOADS = Limit(
    "uploads",
    300,
    of_one=60,
    of_address=300,
    reason="Reading a stranger's workbook or scan takes a processor for seconds.",
)
PAGES = Limit(
    "pages",
    60,
    of_one=6000,
    of_address=6000,
    reason="500 people behind one address may each open a page every five seconds; a program that "
    "copies the site, or a flood from one machine, may not.",
)

WEBHOOKS = Limit(
    "webhooks",
    60,
    of_one=6000,
    of_address=6000,
    reason="A gateway reports each message of a campaign from one address; each is one small "
    "transaction, and what is not signed costs a hash.",
)

GUESSES = Limit(
    "guesses",
    60,
    of_one=1200,
    of_address=1200,
    reason="A factory's shift scans at one gate; a code that nobody has counts twenty times, "
    "so that whoever tries codes finds nobody's within years.",
)

LOOKS = Limit(
    "looks",
    60,
    of_one=90,
    of_address=1200,
    reason="A keeper looks at one person in a second at most; more tries numbers of papers.",
)

REPORTS = Limit(
    "reports",
    300,
    of_one=5,
    of_address=300,
    reason="Each report of a poster is a duty of a commune, with photos that somebody looks at; "
    "nobody who reports says who they are.",
)

LIMITS = (
    SIGN_IN,
    PROOFS,
    MAIL,
    WRITES,
    API,
    SEARCH,
    EXPORTS,
    UPLOADS,
    PAGES,
    WEBHOOKS,
    GUESSES,
    LOOKS,
    REPORTS,
)
