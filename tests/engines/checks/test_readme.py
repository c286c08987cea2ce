"""The engine's page names every rule and every code, and no other."""

import re
from pathlib import Path

from vungxanh.engines import checks

ENGINE = Path(checks.__file__).parent
PAGE = (ENGINE / "README.md").read_text("utf-8")
CODE = re.compile(
    r'"((?:number|bound|total|share|base|rank|unit|count|counter|claim|as_of|column|report|table)'
    r'\.[a-z_]+)"'
)


def test_every_rule_and_code_is_in_the_table_of_rules() -> None:
    sources = "".join(path.read_text("utf-8") for path in sorted(ENGINE.rglob("*.py")))
    written = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", PAGE)) - {"core.RULES"}
    assert written == set(CODE.findall(sources))
    rules = (*checks.RULES, *checks.REPORT_RULES)
    assert {rule.__name__ for rule in rules} <= set(re.findall(r"`([a-z_]+)`", PAGE))
