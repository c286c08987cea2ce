"""Addresses of the room and what each needs."""

from vungxanh.core.access import page
from vungxanh.directives.views import candidates, changes, goals, items, letters

VIEW, RECEIVE = "directives.view", "directives.receive"
LETTER = "van-ban/<uuid:letter_id>/"
ITEM = f"{LETTER}muc/<slug:key>/"
CANDIDATE = "van-ban/mau/<uuid:candidate_id>/"

console_urls = [
    page("van-ban/", letters.listed, name="directives-list", needs=VIEW),
    page("van-ban/nop/", letters.drop, name="directives-drop", needs=RECEIVE),
    page("van-ban/mau/", candidates.listed, name="directives-candidates", needs=VIEW),
    page(LETTER, letters.letter, name="directives-letter", needs=VIEW),
    page(f"{LETTER}goc/", letters.original, name="directives-original", needs=VIEW),
    page(f"{LETTER}lan-sua/", changes.listed, name="directives-changes", needs=VIEW),
    page(f"{LETTER}doc-lai/", letters.read_again, name="directives-read_again", needs=RECEIVE),
    page(f"{LETTER}bo/", letters.discard, name="directives-discard", needs=RECEIVE),
    page(f"{LETTER}mo-lai/", letters.restore, name="directives-restore", needs=RECEIVE),
    page(f"{ITEM}chi-tieu/", goals.goal, name="directives-goal", needs=RECEIVE),
    page(ITEM, items.edit, name="directives-edit", needs=RECEIVE),
    page(f"{ITEM}<slug:verb>/", items.act, name="directives-act", needs=RECEIVE),
    page(f"{LETTER}xac-nhan/", items.confirm_clear, name="directives-confirm", needs=RECEIVE),
    page(f"{LETTER}them/", items.add, name="directives-add", needs=RECEIVE),
    page(f"{LETTER}hoan-tac/<int:number>/", items.undo, name="directives-undo", needs=RECEIVE),
    page(f"{LETTER}mau/", candidates.keep, name="directives-keep", needs=RECEIVE),
    page(f"{CANDIDATE}<str:name>", candidates.download, name="directives-candidate", needs=VIEW),
    page(f"{CANDIDATE}rut/", candidates.withdraw, name="directives-withdraw", needs=RECEIVE),
]
