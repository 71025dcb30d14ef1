"""The page "Safe use of this site": hotlines first, then the way out, then what stays on the device.

It lies here and not in `safety`, because the hotlines come from the directory, which stands above `safety`.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.selectors import public_hotlines
from platform_site.listing.provenance import stated_in_words_of_the_site


@require_safe
def safety_page(request: HttpRequest) -> HttpResponse:
    """Show the hotlines that the reader may see, and how to use this site safely."""
    hotlines = public_hotlines(request.user)
    changes = [line.organisation.last_published_at for line in hotlines if line.organisation.last_published_at]
    context = {
        "for_everybody": [line for line in hotlines if not line.for_professionals],
        "for_professionals": [line for line in hotlines if line.for_professionals],
        "breadcrumbs": [(_("Safe use of this site"), None)],
        "dateline": [
            (_("Source"), _source(any_numbers=bool(hotlines))),
            *stated_in_words_of_the_site(localdate(max(changes)) if changes else None),
        ],
    }
    return render(request, "home/safety_page.html", context)


def _source(*, any_numbers: bool) -> str:
    """Return where the page is from: nobody of the platform wrote its words, and the directory may give no number."""
    if any_numbers:
        return _("advice that comes with the software of this site, numbers from the directory")
    return _("advice that comes with the software of this site")
