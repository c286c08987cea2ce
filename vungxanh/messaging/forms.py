"""A new version of a template: the same channels and languages, other words."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from vungxanh.core.preferences import reader_language
from vungxanh.messaging.rules import Channel
from vungxanh.messaging.values import (
    CHANNEL_WORDS,
    LANGUAGE_WORDS,
    Wording,
    Wordings,
)

MOST_SUBJECT = 200


class VersionForm(forms.Form):
    """One text for each channel and language of the version in force, and mails' subjects."""

    follows = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, said: Any, *, wordings: Wordings, follows: int) -> None:
        initial: dict[str, object] = {"follows": follows}
        for (channel, language), wording in wordings.items():
            initial[f"{channel}-{language}"] = wording.text
            initial[f"{channel}-{language}-subject"] = wording.subject
        super().__init__(said, initial=initial)
        self.places = tuple(sorted(wordings, key=_order))
        for channel, language in self.places:
            self._add(channel, language)

    def wordings(self) -> dict[tuple[Channel, str], Wording]:
        """What was written; the fields must be valid."""
        said = self.cleaned_data
        return {
            (channel, language): Wording(
                said[f"{channel}-{language}"].replace("\r\n", "\n").strip(),
                said.get(f"{channel}-{language}-subject", ""),
            )
            for channel, language in self.places
        }

    def _add(self, channel: Channel, language: str) -> None:
        spoken = reader_language()
        way = CHANNEL_WORDS[channel].in_language(spoken)
        tongue = LANGUAGE_WORDS[language].in_language(spoken)
        if channel is Channel.MAIL:
            self.fields[f"{channel}-{language}-subject"] = forms.CharField(
                label=_("%(way)s, %(tongue)s: tiêu đề") % {"way": way, "tongue": tongue},
                max_length=MOST_SUBJECT,
            )
        self.fields[f"{channel}-{language}"] = forms.CharField(
            label=f"{way}, {tongue}",
            widget=forms.Textarea(attrs={"rows": 4, "lang": language}),
        )


def _order(place: tuple[Channel, str]) -> tuple[int, bool]:
    channel, language = place
    return list(Channel).index(channel), language != "vi"
