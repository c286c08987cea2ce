"""XML of strangers to a tree of elements with bare names, within limits, without DTD and entities.

expat is driven directly: defusedxml drives it through the pure Python parser of the standard
library and takes twice as long. The guards are the same: the declaration of a document type or of
an entity ends the reading before anything is expanded.
"""

from collections.abc import Set
from typing import Final, NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from vungxanh.documents.letterfiles.limits import Limits
from vungxanh.documents.letterfiles.refusals import LetterFileError, Reason, refused, too_large
from vungxanh.refusals import Words

_WHOLE: Final = True


class _BareNames(dict[str, str]):
    """Names without their prefix; a document uses a few hundred."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition(":")[2]
        return self[name]


class _Tree:
    """What expat reports, built into a tree; children of `passed_over` are left out."""

    def __init__(self, limits: Limits, passed_over: Set[str]) -> None:
        self._limits, self._passed_over = limits, passed_over
        self._n_left, self._deepest = limits.xml_elements, limits.xml_depth
        self._depth, self._silent_below = 0, 0
        self._names = _BareNames()
        self._builder = TreeBuilder()
        self._open, self._shut = self._builder.start, self._builder.end

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._n_left -= 1
        self._depth += 1
        if self._n_left < 0 or self._depth > self._deepest:
            raise too_much(self._limits)
        if self._silent_below:
            return
        names, tag = self._names, self._names[name]
        if attributes:
            attributes = {names[key]: said for key, said in attributes.items()}
        self._open(tag, attributes)
        if tag in self._passed_over:
            self._silent_below = self._depth

    def end(self, name: str) -> None:
        if not self._silent_below or self._silent_below == self._depth:
            self._silent_below = 0
            self._shut(self._names[name])
        self._depth -= 1

    def words(self, piece: str) -> None:
        if not self._silent_below:
            self._builder.data(piece)

    def close(self) -> Element:
        return self._builder.close()


def too_much(limits: Limits) -> LetterFileError:
    """The refusal of a container that holds more than a letter needs."""
    megabytes = limits.unpacked_bytes // (1024 * 1024)
    what = Words("Nội dung nén trong tệp", "The packed content of the file")
    return too_large(what, megabytes, Words("MB", "MB"))


def tree_of(part: bytes, limits: Limits, *, passed_over: Set[str] = frozenset()) -> Element:
    """The tree of an XML part; refuses broken, dangerous and overlarge ones.

    The whole part is handed over at once, so that no long token is scanned twice.
    """
    tree = _Tree(limits, passed_over)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = tree.start, tree.end
    parser.CharacterDataHandler = tree.words
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    try:
        parser.Parse(part, _WHOLE)
        return tree.close()
    except (expat.ExpatError, LookupError, ValueError, AssertionError):
        raise refused(Reason.DAMAGED) from None


def _refuse(*_declared: object) -> NoReturn:
    raise refused(Reason.DANGEROUS_XML)
