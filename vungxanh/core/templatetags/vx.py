"""`{% load vx %}`: built files, icons, status, fields, figures and drawings of every page."""

from functools import cache

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.utils.html import format_html
from django.utils.safestring import SafeString

from vungxanh.core.templatetags import built, drawn, figures

register = template.Library()
figures.add_to(register)
drawn.add_to(register)

THEMES = ("light", "dark", "auto")
DENSITIES = ("compact", "roomy")
# Colour never speaks alone: each tone has its shape.
SHAPES = {
    "ok": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-octagon",
    "info": "info-circle",
    "none": "circle-dashed",
}
SEVERITIES = {"error": "bad", "warning": "warn"}
PLAIN_BOXES = (CheckboxInput, CheckboxSelectMultiple, RadioSelect)


@register.simple_tag
def asset(name: str) -> str:
    """The URL of a built file: `{% asset "console.css" %}`."""
    return built.address(name)


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> SafeString:
    """An icon beside its words, silent to a screen reader: `{% icon "search" "s" %}`."""
    return format_html(
        '<svg class="vx-icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" vx-icon-{size}" if size else "",
        built.address(built.sprite_of(name)),
        name,
    )


@register.simple_tag
def status(tone: str, words: str, *, shape: str = "", url: str = "") -> SafeString:
    """A status chip: shape, word and colour, always all three."""
    picture = icon(shape or SHAPES[tone])
    if url:
        return format_html(
            '<a class="vx-status vx-status-{}" href="{}">{}{}</a>', tone, url, picture, words
        )
    return format_html('<span class="vx-status vx-status-{}">{}{}</span>', tone, picture, words)


@register.simple_tag
def severity_icon(severity: str) -> SafeString:
    """The shape of a finding's severity, in its colour."""
    tone = SEVERITIES.get(severity, "info")
    return format_html('<span class="vx-tone-{}">{}</span>', tone, icon(SHAPES[tone], "s"))


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> str:
    """What `data-bs-theme` says: the reader's choice, else what the machine prefers."""
    return _choice(context, "vx_theme", THEMES, otherwise="auto")


@register.simple_tag(takes_context=True)
def density(context: template.Context) -> str:
    """Row height of tables: compact (30 px) or roomy (40 px)."""
    return _choice(context, "vx_density", DENSITIES, otherwise="compact")


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """A form field's control, dressed and tied to its hint and its error."""
    attributes: dict[str, str | bool] = {"class": _dress(field)}
    described = [name for name, there in _descriptions(field) if there]
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


def _descriptions(field: BoundField) -> list[tuple[str, bool]]:
    return [
        (f"{field.auto_id}_hint", bool(field.help_text)),
        (f"{field.auto_id}_error", bool(field.errors)),
    ]


def _dress(field: BoundField) -> str:
    widget = field.field.widget
    kit = "form-check-input" if isinstance(widget, PLAIN_BOXES) else "form-control"
    kit = "form-select" if isinstance(widget, Select) and kit == "form-control" else kit
    own = str(widget.attrs.get("class", ""))
    return " ".join(part for part in (kit, own, "is-invalid" if field.errors else "") if part)


def _choice(context: template.Context, name: str, known: tuple[str, ...], *, otherwise: str) -> str:
    request = context.get("request")
    remembered = request.COOKIES.get(name, "") if request is not None else ""
    chosen = str(context.get(name) or remembered)
    return chosen if chosen in known else otherwise
