"""What may be answered stands in the documents, and nothing else does."""

import re

from tests.architecture.sources import ROOT
from vungxanh.checkins.api.visits_document import visits_document
from vungxanh.checkins.values.keeper_refusals import BoxRefusal
from vungxanh.checkins.values.scans import Refusal

OF_A_PAGE = "checkins.not_kept"


def test_every_reason_for_which_a_visit_is_not_kept_is_explained() -> None:
    page = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
    section = page.partition("\n## Control points: `checkins`")[2].partition("\n## ")[0]
    told = re.findall(r"^\| `([a-z_]+)` \|", section, flags=re.M)
    assert told == sorted([*map(str, Refusal), *map(str, BoxRefusal)])
    about = visits_document()[0]["post"]["description"]
    assert [one for one in Refusal if f"`{one}`" not in about] == []


def test_every_refusal_of_a_whole_body_stands_in_the_document_of_the_api() -> None:
    source = (ROOT / "vungxanh/checkins/values/scan_refusals.py").read_text(encoding="utf-8")
    every = re.findall(r'super\(\).__init__\("(.+?)"', source)
    made = [code for code in every if code != OF_A_PAGE]
    answers = visits_document()[0]["post"]["responses"]
    told = [one["description"] for status, one in answers.items() if status != "200"]
    assert (len(made), sorted(told)) == (6, sorted(made))
