"""What the number of an identity paper says, and why one is turned away."""

from dataclasses import dataclass
from enum import StrEnum

from vungxanh.protocol.personal.values import Sex
from vungxanh.refusals import RefusalError, Words


class Kind(StrEnum):
    """The paper that a number stands on."""

    CMND = "cmnd"
    """Old identity card, nine digits."""
    CCCD = "cccd"
    """Citizen's identity card: the personal number of twelve digits."""
    PASSPORT = "passport"
    BHYT = "bhyt"
    """Health insurance card: fifteen characters, or the social insurance code of ten digits."""


class Finding(StrEnum):
    """What somebody should look at; none of it keeps a number from being used."""

    ZEROS_ADDED = "zeros_added"
    """Leading zeros were missing, as spreadsheets lose them, and were put back."""
    MAY_BE_PASSPORT = "may_be_passport"
    """Nine digits were taken for an old identity card; some foreign passports have nine too."""
    FOREIGN_FORM = "foreign_form"
    """No form of a Vietnamese passport."""
    COUNTRY_CODE = "country_code"
    """The code of a country stands where most people have a province."""
    UNKNOWN_PROVINCE = "unknown_province"
    """An insurance card with a code that is no province (army and police have their own)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: `number` in capitals without separators: compare and keep this.

    `birth_year` and `sex` only a personal number tells. `province` is a code of two digits of tree
    `vn-2021`: where the birth was registered (CCCD), where the card was issued (BHYT). None is
    "not told".
    """

    kind: Kind
    number: str
    checks: tuple[Finding, ...] = ()
    birth_year: int | None = None
    sex: Sex | None = None
    province: str | None = None

    @property
    def social_code(self) -> str | None:
        """The social insurance code of ten digits on an insurance card (its end since 8/2017)."""
        return self.number[-10:] if self.kind is Kind.BHYT else None

    def agrees_with(self, birth_year: int | None = None, sex: Sex | None = None) -> bool | None:
        """Whether what a person says fits the number; None where there is nothing to compare."""
        pairs = [(self.birth_year, birth_year), (self.sex, sex)]
        told = [ours == theirs for ours, theirs in pairs if ours is not None and theirs is not None]
        return all(told) if told else None


class Reason(StrEnum):
    """Why a text is no number of a paper."""

    EMPTY = "empty"
    SIGNS = "signs"
    LENGTH = "length"
    UNCLEAR = "unclear"
    SHAPE = "shape"
    PROVINCE = "province"
    CENTURY = "century"
    BIRTH_YEAR = "birth_year"
    BENEFIT = "benefit"


class BadPaperError(RefusalError):
    """A text that is no number of a paper; `reason` says why, the sentence what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__("papers.bad_number", _WORDS[reason], field="paper")
        self.reason = reason


_WORDS = {
    Reason.EMPTY: Words(
        "Chưa có số giấy tờ. Nhập số ghi trên giấy tờ.",
        "There is no number of a paper. Enter the one on the paper.",
    ),
    Reason.SIGNS: Words(
        "Số giấy tờ có dấu lạ. Chỉ nhập chữ số và chữ cái không dấu.",
        "The number has odd signs. Enter digits and plain letters only.",
    ),
    Reason.LENGTH: Words(
        "Số giấy tờ thừa hoặc thiếu ký tự. CMND có 9 chữ số, CCCD 12, hộ chiếu từ 6 đến 9 ký tự, "
        "thẻ BHYT 15 ký tự hoặc 10 chữ số.",
        "The number is too short or too long. Old identity cards have 9 digits, citizen's cards "
        "12, passports 6 to 9 characters, health insurance cards 15 characters or 10 digits.",
    ),
    Reason.UNCLEAR: Words(
        "Chưa rõ đây là giấy tờ gì. Chọn loại giấy tờ rồi nhập lại số.",
        "It is not clear which paper this is. Choose the kind of paper and enter the number again.",
    ),
    Reason.SHAPE: Words(
        "Số này không đúng dạng của loại giấy tờ đã chọn. Kiểm tra chữ cái và chữ số.",
        "The number does not have the form of this kind of paper. Check its letters and digits.",
    ),
    Reason.PROVINCE: Words(
        "Ba chữ số đầu của CCCD không phải mã tỉnh. Kiểm tra lại ba chữ số đầu.",
        "The first three digits of the citizen's card are no province. Check them.",
    ),
    Reason.CENTURY: Words(
        "Chữ số thứ tư của CCCD phải từ 0 đến 3. Kiểm tra lại chữ số này.",
        "The fourth digit of the citizen's card must be from 0 to 3. Check this digit.",
    ),
    Reason.BIRTH_YEAR: Words(
        "Năm sinh trong số CCCD chưa đến. Kiểm tra lại chữ số thứ tư đến thứ sáu.",
        "The year of birth in the citizen's card lies ahead. Check its fourth to sixth digits.",
    ),
    Reason.BENEFIT: Words(
        "Ký tự thứ ba của thẻ BHYT phải là chữ số từ 1 đến 5. Kiểm tra lại ký tự này.",
        "The third character of the insurance card must be a digit from 1 to 5. Check it.",
    ),
}
