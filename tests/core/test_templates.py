"""Pages from templates: whole, bare and empty, in both languages, nothing inline."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from tests.core.messages import templates
from tests.factories import unit_pages
from vungxanh.core.components import sample
from vungxanh.uptake.pages import UnitPage

PAGES = {
    "whole": unit_pages.binh_dinh(invented=True),
    "bare": unit_pages.binh_dinh(invented=False),
    "empty": unit_pages.nothing_yet(),
}
INVENTED = "◇"
INLINE = re.compile(
    r'\sstyle="|<style|\son(?:click|change|input|load|submit|error|key)\w*="'
    r"|<script(?![^>]*\bsrc=)|hx-on|js:"
)


def unit_page(page: UnitPage, language: str = "vi") -> str:
    with translation.override(language):
        return render_to_string("uptake/unit.html", {"page": page})


def words(html: str) -> str:
    """The page's text as a reader meets it, spaces folded."""
    text = re.sub(r"<[^>]+>", " ", html.split("</head>", 1)[-1])
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " "))


def tag(source: str, **context: object) -> str:
    return Template("{% load vx %}" + source).render(Context(context))


class Elements(HTMLParser):
    """Start tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((name, dict(attrs)))

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for found, attributes in self.found if found == name]


@pytest.fixture(params=sorted(PAGES))
def html(request: pytest.FixtureRequest) -> str:
    return unit_page(PAGES[request.param])


def test_unit_page_has_one_h1_and_landmarks(html: str) -> None:
    elements = Elements(html)
    assert len(elements.of("h1")) == 1
    assert [len(elements.of(name)) for name in ("main", "header", "footer")] == [1, 1, 1]


def test_every_drawing_speaks_or_is_decoration(html: str) -> None:
    drawings = Elements(html).of("svg")
    silent = [d for d in drawings if d.get("aria-hidden") != "true" and not d.get("aria-label")]
    assert silent == []


def test_every_id_is_used_once(html: str) -> None:
    ids = [str(a["id"]) for _, a in Elements(html).found if a.get("id")]
    assert sorted(ids) == sorted(set(ids))


def test_what_names_an_element_exists(html: str) -> None:
    found = [attributes for _, attributes in Elements(html).found]
    ids = {attributes.get("id") for attributes in found}
    named = {
        part
        for attributes in found
        for key in ("aria-labelledby", "aria-describedby", "for")
        for part in (attributes.get(key) or "").split()
    }
    assert named <= ids


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.name)
def test_templates_hold_neither_style_nor_script(path: Path) -> None:
    assert not INLINE.search(path.read_text(encoding="utf-8"))


def test_whole_page_shows_each_figure_with_its_base() -> None:
    text = words(unit_page(PAGES["whole"]))
    assert "13,60 %" in text
    assert "202.379 / 1.487.817 người" in text
    assert "3.898 cần thêm / ngày" in text


def test_invented_figures_carry_their_sign_and_the_foot_explains_it() -> None:
    text = words(unit_page(PAGES["whole"]))
    assert text.count(INVENTED) >= 6
    assert "◇ Dữ liệu minh họa." in text


def test_a_page_without_invented_figures_has_no_sign_of_them() -> None:
    assert INVENTED not in unit_page(PAGES["bare"])


def test_bare_page_says_why_there_is_no_target() -> None:
    text = words(unit_page(PAGES["bare"]))
    assert "Chưa có chỉ tiêu" in text
    assert "Số liệu từ đâu" in text
    assert "14 ngày qua" not in text


def test_unit_without_figures_says_who_brings_them() -> None:
    html = unit_page(PAGES["empty"])
    assert "Chưa có số liệu nào được công bố" in words(html)
    assert 'href="/nhap/"' in html
    assert "<table" not in html


def test_rank_table_marks_its_sorted_column_and_heads_its_rows() -> None:
    elements = Elements(unit_page(PAGES["whole"]))
    assert [head["aria-sort"] for head in elements.of("th") if "aria-sort" in head] == [
        "descending"
    ]
    assert len([head for head in elements.of("th") if head.get("scope") == "row"]) == 12


def test_map_links_every_area_and_names_what_is_missing() -> None:
    page = unit_page(PAGES["whole"])
    assert "<title>An Lão 9,30\N{NO-BREAK SPACE}%, chưa nộp</title>" in page
    assert "<title>Quy Nhơn 26,14\N{NO-BREAK SPACE}%</title>" in page


def test_english_page_writes_english_numbers_and_days() -> None:
    text = words(unit_page(PAGES["whole"], "en"))
    assert "202,379 / 1,487,817" in text
    assert "13.60%" in text
    assert "26 May 2021" in text
    assert "3,898 more a day" in text


@pytest.mark.parametrize("name", ["core/offline.html", "core/components.html"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_shell_pages_render_in_both_languages(name: str, language: str) -> None:
    with translation.override(language):
        html = render_to_string(name, sample())
    assert f'<html lang="{language}"' in html


@pytest.mark.parametrize("status", [400, 403, 404, 413, 500])
def test_refusals_are_kind_and_never_show_their_number(status: int) -> None:
    refusal = {"code": "core.sample", "message": "Hỏi quản trị của đơn vị."}
    text = words(render_to_string("core/refusal.html", {"refusal": refusal, "status": status}))
    assert "Hỏi quản trị của đơn vị." in text
    assert str(status) not in text


def test_refused_field_is_tied_to_its_hint_and_its_error() -> None:
    html = tag('{% include "core/_form_field.html" with field=form.users %}', **sample())
    control = Elements(html).of("input")[0]
    assert control["aria-describedby"] == "id_users_hint id_users_error"
    assert control["aria-invalid"] == "true"


def test_error_summary_links_to_the_field() -> None:
    html = tag('{% include "core/_form_errors.html" %}', **sample())
    assert 'href="#id_users"' in html
    assert "1 chỗ cần sửa" in words(html)


def test_status_has_shape_word_and_colour() -> None:
    html = tag('{% status "warn" "cần xem" %}')
    assert "vx-status-warn" in html
    assert "#alert-triangle" in html
    assert "cần xem" in html


def test_missing_figure_is_a_dash_with_its_reason() -> None:
    html = tag('{% missing "chưa nộp" %}')
    assert 'title="chưa nộp"' in html
    assert "–" in html


def test_words_of_strangers_are_escaped_in_chips() -> None:
    assert "<b>" not in tag('{% status "ok" words %}', words="<b>x</b>")


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("{{ 1487817|count }}", "1.487.817"),
        ("{{ None|count }}", "–"),
        ('{{ "Nguyễn Văn An (mẫu)"|initials }}', "NA"),
    ],
)
def test_filters_write_vietnamese(source: str, written: str) -> None:
    assert tag(source) == written


def test_unknown_theme_falls_back_to_the_machine() -> None:
    assert tag("{% theme %}", vx_theme='dark" onload=') == "auto"
