"""A person's printed card as a sheet of paper."""

from datetime import datetime

from vungxanh.core.clock import TZ
from vungxanh.core.drawings.codes import QrDrawing, qr_drawing
from vungxanh.documents.cards import CodeCard, write_card
from vungxanh.documents.vietnamese import date
from vungxanh.people.values.codes import NewCard
from vungxanh.refusals import Words

_NAMELESS = Words(vi="(chưa ghi tên)", en="(no name written down)")
_HEADING = Words(vi="Thẻ giấy: {name}", en="Printed card: {name}")
_HOW = Words(
    vi="Cắt theo khung, ép nhựa nếu có. Mã không có tên, số giấy tờ hay nơi đã đến.",
    en="Cut along the frame, laminate it if possible. The code holds no name, paper or place.",
)
_ALT = Words(vi="Mã QR của thẻ giấy", en="QR code of the printed card")
_KICKER = Words(vi="Vùng Xanh · thẻ giấy", en="Vùng Xanh · printed card")
_LINES = (
    Words(vi="Đưa thẻ này cho người trực cửa quét.", en="Let the keeper of the door scan it."),
    Words(vi="Dùng đến {until}.", en="Good until {until}."),
    Words(
        vi="Mất thẻ: báo trạm y tế hoặc cán bộ xã để hủy.",
        en="Lost: tell the health station or the commune, who revoke it.",
    ),
    Words(
        vi="Nhặt được thẻ: xin gửi lại trạm y tế gần nhất.",
        en="Found: please bring it to the nearest health station.",
    ),
)
_FORMER = Words(
    vi="Thẻ in trước của người này đã hết dùng. Còn giữ thì bỏ đi.",
    en="An earlier card of this person no longer works. Throw it away.",
)


def sheet(*, card: NewCard, name: str, had_former: bool, at: datetime, language: str) -> bytes:
    """The PDF of a card; `had_former` tells that one before it ended."""
    bearer = name or _NAMELESS.in_language(language)
    until = date(card.until.astimezone(TZ).date(), language)
    return write_card(
        CodeCard(
            heading=_HEADING.in_language(language).format(name=bearer),
            how=_HOW.in_language(language),
            code=_svg(qr_drawing(card.text)),
            alt=_ALT.in_language(language),
            kicker=_KICKER.in_language(language),
            bearer=bearer,
            lines=tuple(one.in_language(language).format(until=until) for one in _LINES),
            notes=(_FORMER.in_language(language),) if had_former else (),
            made_at=at,
            language=language,
        )
    )


def _svg(drawing: QrDrawing) -> str:
    size = drawing.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path d="{drawing.d}"/></svg>'
    )
