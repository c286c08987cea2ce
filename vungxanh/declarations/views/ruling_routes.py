"""Addresses of rules, and what they need."""

from vungxanh.core.access import page
from vungxanh.declarations.values.ruling import RULES
from vungxanh.declarations.views import ruling, ruling_persons

_RULES = "to-khai/quy-tac/"
_VERSION = f"{_RULES}<int:rules_id>/"
public_urls: list[object] = []
console_urls = [
    page(_RULES, ruling.listed, name="declarations-rules", needs=RULES),
    page(f"{_RULES}tai-ve/", ruling.file, name="declarations-rules_file", needs=RULES),
    page(f"{_RULES}nop/", ruling.bring, name="declarations-rules_bring", needs=RULES),
    page(f"{_RULES}sua/<slug:rule>/", ruling.change, name="declarations-rule", needs=RULES),
    page(_VERSION, ruling.one, name="declarations-rules_version", needs=RULES),
    page(f"{_VERSION}ai/", ruling_persons.persons, name="declarations-rules_whom", needs=RULES),
]
