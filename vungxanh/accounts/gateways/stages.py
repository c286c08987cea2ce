"""The second step of sign-in, asked by django-allauth of accounts that have a second factor."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse


class SecondStep(AuthenticateStage):  # type: ignore[misc]
    """Holds a sign-in on our own page until a code or a passkey was shown."""

    urlname = "second-step"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """The page of the second step; nothing for who needs none or came with a passkey alone."""
        if not self._should_handle(self.request):
            return None, True
        self.state["authentication_required"] = True
        return HttpResponseRedirect(reverse(self.urlname)), True
