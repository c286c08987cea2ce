"""What `exposure match` says: exposures for machines and for people, and what does not count."""

from dataclasses import asdict
from datetime import datetime
from typing import Final, NamedTuple

from vungxanh.documents.vietnamese import VIETNAM, clock, count, date, is_english, moment
from vungxanh.engines.encounters import Encounters, Exposure
from vungxanh.engines.risk import told
from vungxanh.exposure.commands.risks import Risk
from vungxanh.exposure.commands.risks import document as document_of_risk
from vungxanh.refusals import Words

_UNCHECKED: Final = Words(
    "Chưa kiểm chữ ký của tệp khóa: thêm --public-key để chỉ nhận tệp đúng nơi công bố.",
    "Signatures were not checked: give --public-key to take files of their publisher only.",
)
_UNMEASURED: Final = Words(
    "Không tính được nguy cơ: không lần nghe nào có suy hao.",
    "No risk can be told: no sighting has an attenuation.",
)
_NOBODY: Final = Words(
    "Không có phơi nhiễm nào với các khóa này.", "There is no exposure to these keys."
)
_LEFT_OUT: Final = {
    "too_far": Words(
        "lần nghe không tính: cách quá xa lúc mã được phát.",
        "sightings do not count: too far from when the identifier was sent.",
    ),
    "replayed": Words(
        "lần nghe không tính: mã bị phát lại, sau lần nghe đầu hơn 20 phút.",
        "sightings do not count: replayed, over 20 minutes after the first.",
    ),
    "tx_power": Words(
        "lần nghe không tính: công suất phát không điện thoại nào có.",
        "sightings do not count: a transmit power that no phone has.",
    ),
    "withdrawn": Words(
        "khóa khớp nhưng không báo: nơi công bố đã rút lại.",
        "keys match and are not told: their publisher withdrew them.",
    ),
    "unmeasured": Words(
        "lần nghe không có aem nên không biết suy hao.",
        "sightings have no aem, so their attenuation is not known.",
    ),
}


class Found(NamedTuple):
    """How many keys and sightings were read, what they came to, and how far both are trusted.

    `is_signed` tells whether signatures were checked; None where there are none to check. `risks`
    by a rule that was asked for, else None.
    """

    keys: int
    sightings: int
    encounters: Encounters
    is_signed: bool | None
    risks: tuple[Risk, ...] | None = None


def remarks(found: Found) -> list[Words]:
    """What somebody should know who reads the answer."""
    encounters = found.encounters
    counts = asdict(encounters.left_out) | {"unmeasured": encounters.unmeasured}
    words = [
        Words(f"{count(n)} {_LEFT_OUT[name].vi}", f"{count(n, 'en')} {_LEFT_OUT[name].en}")
        for name, n in counts.items()
        if n
    ]
    first = [_UNCHECKED] if found.is_signed is False else []
    return [*first, *words, *([] if encounters.exposures else [_NOBODY])]


def document(found: Found) -> dict[str, object]:
    """The answer for machines."""
    encounters, risks = found.encounters, found.risks
    asked = {} if risks is None else {"risks": [document_of_risk(risk) for risk in risks]}
    return {
        "keys": found.keys,
        "sightings": found.sightings,
        "exposures": [_as_dict(one) for one in encounters.exposures],
        "left_out": asdict(encounters.left_out),
        "unmeasured": encounters.unmeasured,
        "is_signature_checked": found.is_signed,
    } | asked


def lines(found: Found, lang: str) -> tuple[str, ...]:
    """The answer for people; under an exposure what the rule that was asked for makes of it."""
    said = {risk.key: told(risk.explained).in_language(lang) for risk in found.risks or ()}
    unmeasured = [] if found.risks is None else [_UNMEASURED.in_language(lang)]
    return tuple(
        text
        for one in found.encounters.exposures
        for text in (line(one, lang), *([said[one.key]] if one.key in said else unmeasured))
    )


def line(one: Exposure, lang: str) -> str:
    """An exposure for people: key and its day, when, how long, how near."""
    key, near = one.key.hex()[:8], one.min_attenuation
    vi = (
        f"Khóa {key}… của ngày {date(one.day)}: {_span(one, 'vi')}, {one.minutes} phút,"
        f" {count(one.sightings)} lần nghe"
    )
    en = (
        f"Key {key}… of {date(one.day, 'en')}: {_span(one, 'en')}, {one.minutes} minutes,"
        f" {count(one.sightings, 'en')} sightings"
    )
    if near is not None:
        vi += f", suy hao thường gặp {one.typical_attenuation} dB, nhỏ nhất {near} dB"
        en += f", attenuation typically {one.typical_attenuation} dB, at least {near} dB"
    return Words(vi, en).in_language(lang)


def _span(one: Exposure, lang: str) -> str:
    """From the first to the last sighting, the day once where it is the same in Viet Nam."""
    first, last = (datetime.fromtimestamp(at, VIETNAM) for at in (one.first_at, one.last_at))
    if first.date() != last.date():
        return f"{moment(first, lang)} – {moment(last, lang)}"
    if is_english(lang):
        return f"{moment(first, lang)} – {clock(last)}"
    return f"{clock(first)} – {moment(last)}"


def _as_dict(one: Exposure) -> dict[str, object]:
    return {
        "key": one.key.hex(),
        "date": one.day.isoformat(),
        "first_at": one.first_at,
        "last_at": one.last_at,
        "sightings": one.sightings,
        "minutes": one.minutes,
        "min_attenuation": one.min_attenuation,
        "typical_attenuation": one.typical_attenuation,
    }
