"""Addresses of figures of declarations."""

from django.urls import URLPattern

from vungxanh.core.access import OPEN, page
from vungxanh.declarations.values.figures import FIGURES, FORMS
from vungxanh.declarations.views import figures, obligations, public_figures

public_urls: list[URLPattern] = [
    page(
        "so-lieu/khai-bao/",
        public_figures.told_figures,
        name="declarations-public_figures",
        needs=OPEN,
    ),
]
console_urls: list[URLPattern] = [
    page("to-khai/so-lieu/", figures.figures, name="declarations-figures", needs=FIGURES),
    page(
        "to-khai/so-lieu.<str:form>",
        figures.export,
        name="declarations-figures_export",
        needs=FIGURES,
    ),
    page(
        "to-khai/so-lieu/nghia-vu/",
        obligations.obligations,
        name="declarations-obligations",
        needs=FIGURES,
    ),
    page(
        "to-khai/so-lieu/nghia-vu/moi/",
        obligations.add,
        name="declarations-obligation_add",
        needs=FORMS,
    ),
    page(
        "to-khai/so-lieu/nghia-vu/<uuid:obligation_id>/ket-thuc/",
        obligations.end,
        name="declarations-obligation_end",
        needs=FORMS,
    ),
]
