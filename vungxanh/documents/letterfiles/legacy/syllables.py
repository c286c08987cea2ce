"""Which strings of letters can be a Vietnamese syllable: the evidence for a character set.

Source: the orthography as in Hoàng Phê (ed.), Từ điển tiếng Việt, 2003: an onset, a rime of the
list below, and a tone; a rime that ends in c, ch, p or t bears no other tone than sắc or nặng.
"""

import re
import unicodedata
from typing import Final

_ONSETS: Final = "ngh|ng|nh|th|tr|ch|kh|gh|gi|ph|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
_RIMES: Final = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây|"
    "e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên|êng|ênh|êp|êt|êu|"
    "i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu|im|in|inh|ip|it|iu|"
    "o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|oc|oe|oem|oen|oeo|"
    "oet|oi|om|on|ong|ooc|oong|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|"
    "u|ua|uân|uâng|uât|uây|uc|uê|uêch|uênh|ui|um|un|ung|uơ|uôc|uôi|uôm|uôn|uông|uôt|up|ut|"
    "uy|uya|uych|uyên|uyêt|uyn|uynh|uyp|uyt|uyu|"
    "ư|ưa|ưc|ưi|ưm|ưn|ưng|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|ưt|ưu|y|yêm|yên|yêng|yêt|yêu"
)
_SYLLABLE: Final = re.compile(f"(?:{_ONSETS})?(?:{_RIMES})")
_STOPPED: Final = re.compile(r"(?:ch|[cpt])\Z")
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_SHARP_OR_HEAVY: Final = frozenset({"\u0301", "\u0323"})
_LONGEST: Final = 7  # "nghiêng"


def is_syllable(word: str) -> bool:
    """Whether a word, in whatever case, can be one Vietnamese syllable.

    >>> [is_syllable(word) for word in ("Nguyễn", "KHẨN", "nghiêng", "hoá", "cáđ", "các", "tàc")]
    [True, True, True, True, False, True, False]
    """
    if len(word) > _LONGEST:
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in letters if sign in _TONES]
    toneless = unicodedata.normalize("NFC", "".join(sign for sign in letters if sign not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(toneless):
        return False
    return not _STOPPED.search(toneless) or not tones or tones[0] in _SHARP_OR_HEAVY
