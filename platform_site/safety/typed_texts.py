"""What somebody had typed into a form that was refused, so that the error page can give it back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

# Names of fields that are never shown again, whatever else the form holds.
SECRET = re.compile(r"pass|secret|token|code|key|otp|credential|csrf", re.IGNORECASE)
# A shorter value is typed again faster than it is copied: a number, a choice, a tick.
WORTH_KEEPING = 20
LONGEST = 20_000


@sensitive_variables()
def typed_texts(request: HttpRequest) -> list[str]:
    """Return the longer texts of the refused form, in their order; nothing for a form with a password in it.

    Only what the browser says came from a page of this site: another site could otherwise have its own words
    shown here.
    """
    if request.headers.get("Sec-Fetch-Site") != "same-origin" or any("pass" in name.lower() for name in request.POST):
        return []
    return list(_texts(request))


def _texts(request: HttpRequest) -> Iterator[str]:
    for name, values in request.POST.lists():
        if SECRET.search(name):
            continue
        for value in values:
            if isinstance(value, str) and len(value) >= WORTH_KEEPING:
                yield value[:LONGEST]
