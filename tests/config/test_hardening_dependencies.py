"""What is shipped is pinned with hashes, may be passed on, and has no known holes."""

import json
from pathlib import Path

import pytest

from tools import audit_dependencies as audited
from tools.audit_dependencies import Licensed, Pin

PINNED = "a-b==1.0 \\\n    --hash=sha256:00\n"
HELD = Licensed("1.0", "mit")


def pins(text: str) -> list[Pin | str]:
    return list(audited.pins_of(text, "serve.txt"))


def test_requirements_of_the_project_are_fit() -> None:
    assert audited.audit(audited.installed()) == []


def test_pin_is_read_with_its_hashes() -> None:
    assert pins(PINNED) == [Pin("serve.txt", "a-b", "1.0", 1, is_everywhere=True)]
    assert pins("A_b[x]==1.0 ; sys_platform == 'win32' --hash=sha256:00") == [
        Pin("serve.txt", "a-b", "1.0", 1, is_everywhere=False)
    ]


@pytest.mark.parametrize("line", ["a>=1", "a", "-e .", "a @ file:///x"])
def test_line_that_pins_nothing_is_found(line: str) -> None:
    (finding,) = pins(line)
    assert "is not pinned" in str(finding)


@pytest.mark.parametrize(
    ("text", "present", "said"),
    [
        ("a==1.0", HELD, "has no hash"),
        ("a==1.0 --hash=sha256:0", None, "is not installed"),
        ("a==1.0 --hash=sha256:0", Licensed("1.1", "mit"), "1.1 is installed"),
        ("a==1.0 --hash=sha256:0", Licensed("1.0", "gpl-3.0-only"), "may not be shipped"),
        ("a==1.0 --hash=sha256:0", Licensed("1.0", ""), "not stated"),
    ],
)
def test_unfit_pin_is_found(text: str, present: Licensed | None, said: str) -> None:
    found = audited.unfit(audited_pins(text), {"a": present} if present else {})
    assert said in "".join(found)


def audited_pins(text: str) -> list[Pin]:
    return [pin for pin in pins(text) if isinstance(pin, Pin)]


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("mit", True),
        ("apache-2.0 and bsd-3-clause", True),
        ("license :: osi approved :: gnu lesser general public license v3 (lgplv3)", True),
        ("lgpl-3.0-only", True),
        ("license :: osi approved :: gnu general public license v3 (gplv3)", False),
        ("agpl-3.0-or-later", False),
        ("mit or gpl-2.0", False),
        ("sspl-1.0", False),
        ("proprietary", False),
    ],
)
def test_licence_that_may_be_passed_on(licence: str, may: bool) -> None:
    assert audited.may_be_shipped(licence) is may


RANGE = {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2"}]}
LAST = {"type": "ECOSYSTEM", "events": [{"introduced": "1.1"}, {"last_affected": "1.3"}]}
AGAIN = {
    "type": "ECOSYSTEM",
    "events": [{"introduced": "0"}, {"fixed": "1"}, {"introduced": "2"}, {"fixed": "2.1"}],
}


@pytest.mark.parametrize(
    ("version", "affected", "expected"),
    [
        ("1.1", {"ranges": [RANGE]}, True),
        ("1.2", {"ranges": [RANGE]}, False),
        ("1.10", {"ranges": [RANGE]}, False),
        ("1.3", {"ranges": [LAST]}, True),
        ("1.3.1", {"ranges": [LAST]}, False),
        ("1.0", {"ranges": [LAST]}, False),
        ("1.5", {"ranges": [AGAIN]}, False),
        ("2.0.1", {"ranges": [AGAIN]}, True),
        ("9", {"versions": ["9"]}, True),
        ("1.1", {"ranges": [RANGE | {"type": "GIT"}]}, False),
    ],
)
def test_version_an_advisory_names(
    version: str, affected: dict[str, object], expected: bool
) -> None:
    assert audited.is_affected(version, affected) is expected


def advisory(**more: object) -> dict[str, object]:
    affected = {"package": {"ecosystem": "PyPI", "name": "A.B"}, "ranges": [RANGE]}
    return {"id": "X-1", "summary": "it leaks", "affected": [affected], **more}


def test_known_weakness_is_found_in_a_file_and_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(advisory()))
    (tmp_path / "many.json").write_text(json.dumps([advisory(id="X-2"), advisory(withdrawn="x")]))
    found = audited.known_weaknesses(audited_pins(PINNED), audited.advisories(tmp_path))
    assert list(found) == ["serve.txt: a-b 1.0: X-2 it leaks", "serve.txt: a-b 1.0: X-1 it leaks"]
    alone = audited.known_weaknesses([], audited.advisories(tmp_path / "one.json"))
    assert list(alone) == []
