"""The page "Safe use of this site": hotlines first, then the way out, then what stays on the device.

It lies here and not in `safety`, because the hotlines come from the directory, which stands above `safety`.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.selectors import PublicHotline, public_hotlines
from platform_site.listing.provenance import stated_in_words_of_the_site
from platform_site.texts.sorting import sort_text

# More numbers than this are shown by country: who looks for one must not scroll through all.
MOST_NUMBERS = 40


@require_safe
def safety_page(request: HttpRequest) -> HttpResponse:
    """Show the hotlines that the reader may see (where they are many: of one country), and how to use this site."""
    hotlines = everything = public_hotlines(request.user)
    countries = _countries(everything) if len(everything) > MOST_NUMBERS else []
    chosen = next((row["entry"] for row in countries if row["entry"].code == request.GET.get("country")), None)
    if countries:
        hotlines = [line for line in everything if chosen in line.countries]
    changes = [line.organisation.last_published_at for line in everything if line.organisation.last_published_at]
    context = {
        "for_everybody": [line for line in hotlines if not line.for_professionals],
        "for_professionals": [line for line in hotlines if line.for_professionals],
        "countries": countries,
        "chosen_country": chosen,
        "breadcrumbs": [(_("Safe use of this site"), None)],
        "dateline": [
            (_("Source"), _source(any_numbers=bool(everything))),
            *stated_in_words_of_the_site(localdate(max(changes)) if changes else None),
        ],
    }
    return render(request, "home/safety_page.html", context)


def _countries(hotlines: list[PublicHotline]) -> list[dict[str, Any]]:
    """Return the countries that the numbers cover, by name, each with how many it has."""
    numbers = Counter(entry for line in hotlines for entry in line.countries)
    rows = [{"entry": entry, "number": number} for entry, number in numbers.items()]
    return sorted(rows, key=lambda row: sort_text(row["entry"].label()))


def _source(*, any_numbers: bool) -> str:
    """Return where the page is from: nobody of the platform wrote its words, and the directory may give no number."""
    if any_numbers:
        return _("advice that comes with the software of this site, numbers from the directory")
    return _("advice that comes with the software of this site")
