"""Calls about health declarations."""

from ninja import Router

from vungxanh.declarations.api import questionnaires

api_urls: list[tuple[str, Router]] = [("/questionnaires", questionnaires.router)]
