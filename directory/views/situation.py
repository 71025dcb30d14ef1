"""The case in a sentence: a line is read and leads to the filters of the list. Nothing of it is kept anywhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from directory.forms import SituationForm
from directory.situation.address import query_of
from directory.situation.reading import Reading, read
from directory.situation.shown import ShownReading, shown
from platform_site.safety.rate_limits import allow, client_key

MOST_READINGS = 120
SECONDS = 3600
# The button that shows how the sentence is read, and leads nowhere.
CHECK = "check"
SEE_OTHER = 303


# Without a token, and so without a cookie: reading a sentence changes nothing, so nobody gains by sending one in
# somebody else's name.
@csrf_exempt
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def situation(request: HttpRequest) -> HttpResponse:
    """Show the form; lead to the list with the filters that a sentence says. Errors keep what was typed."""
    if request.method != "POST":
        return _page(request, SituationForm())
    form = SituationForm(request.POST)
    if not allow("directory.situation", client_key(request), limit=MOST_READINGS, seconds=SECONDS):
        form.add_error(None, _("That were many sentences in one hour. Please try again a little later."))
        response = _page(request, form, status=429)
        response.headers["Retry-After"] = str(SECONDS)
        return response
    if not form.is_valid():
        return _page(request, form)
    reading = read(form.cleaned_data["situation"], get_language() or "en")
    if not reading.filters:
        form.add_error(
            "situation", _("No country, service or person was understood. Say it in other words, or use the filters.")
        )
    if CHECK in request.POST or not reading.filters:
        return _page(request, form, reading)
    response = HttpResponseRedirect(f"{reverse('directory:organisation_list')}?{query_of(reading)}")
    response.status_code = SEE_OTHER
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, form: SituationForm, reading: Reading | None = None, status: int = 200) -> HttpResponse:
    held: ShownReading | None = shown(reading) if reading is not None else None
    context: dict[str, Any] = {
        "form": form,
        "reading": held,
        "breadcrumbs": [(_("Directory"), reverse("directory:organisation_list")), (_("A case in a sentence"), None)],
    }
    response = render(request, "directory/situation.html", context, status=status)
    if request.method == "POST":
        # The page holds the sentence: neither the browser nor anything between may keep it.
        response.headers["Cache-Control"] = "no-store"
    return response
