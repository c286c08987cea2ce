"""What each kind of code says, as fields under the names that its own format gives them."""

import base64

from vungxanh.protocol.personal.cccd import CardQr
from vungxanh.protocol.personal.decision1405 import PersonalQr
from vungxanh.protocol.personal.own import OwnCode
from vungxanh.protocol.personal.signed_card import SignedCard
from vungxanh.protocol.places import cwa, nhs, nz
from vungxanh.protocol.places.payloads import PlaceCode

Fields = dict[str, str | int | None]


def of_place(code: PlaceCode, site: str | None) -> Fields:
    """`vungxanh.place`; `site` is where the address leads, None for a bare payload."""
    return {
        "code": code.short_code,
        "entrance": code.entrance,
        "valid_from": code.valid_from.isoformat(),
        "issue": code.issue,
        "key_id": code.key_id.hex(),
        "site": site,
    }


def of_person(code: OwnCode) -> Fields:
    """`vungxanh.person`; the handle stays closed."""
    return {
        "kind": code.kind.name.lower(),
        "handle": code.handle.hex(),
        "valid_from": code.valid_from,
        "valid_until": code.valid_until,
        "key_id": code.key_id.hex(),
    }


def of_signed_card(card: SignedCard) -> Fields:
    """What follows `vungxanh.person` where its bearer has a card; its signature is its own."""
    return {
        "card_colour": card.colour.name.lower(),
        "card_declared_on": card.declared_on.isoformat(),
        "card_valid_until": card.valid_until,
        "card_key_id": card.key_id.hex(),
        "card_verified": card.verified,
    }


def of_decision(code: PersonalQr) -> Fields:
    """`vn.person`, starred where the code is."""
    return {
        "SoGiayTo": code.number,
        "HoTen": code.name,
        "NgaySinh": code.born.starred,
        "LoaiDinhDanh": int(code.declared),
        "QID": code.qid,
        "EXT": code.ext,
    }


def of_card(card: CardQr) -> Fields:
    """`vn.cccd`."""
    return {
        "number": card.number,
        "old_number": card.old_number,
        "name": card.name,
        "born": card.born.starred,
        "sex": card.sex.value,
        "address": card.address,
        "issued_on": card.issued_on.isoformat(),
    }


def of_cwa(place: cwa.Location) -> Fields:
    """`cwa.location`; `locationId` is by what warnings name it."""
    return {
        "description": place.description,
        "address": place.address,
        "startTimestamp": place.start,
        "endTimestamp": place.end,
        "type": int(place.kind),
        "typeName": f"LOCATION_TYPE_{place.kind.name}",
        "defaultCheckInLengthInMinutes": place.default_stay_minutes,
        "publicKey": base64.b64encode(place.public_key).decode(),
        "cryptographicSeed": base64.b64encode(place.seed).decode(),
        "locationId": place.location_id.hex(),
    }


def of_nhs(venue: nhs.Venue) -> Fields:
    """`nhs.venue`."""
    return {
        "id": venue.venue_id,
        "opn": venue.name,
        "pc": venue.postcode,
        "vt": venue.venue_type,
        "kid": venue.key_id,
    }


def of_nz(place: nz.Location) -> Fields:
    """`nz.location`."""
    return {
        "gln": place.gln,
        "ver": nz.VERSION,
        "typ": nz.TYPE,
        "opn": place.name,
        "adr": place.address,
    }
