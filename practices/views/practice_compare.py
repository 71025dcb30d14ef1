"""Two to four practice charts side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from platform_site.listing.provenance import computed_from
from practices.comparison import FEWEST, MOST, MOST_ASKED, address, asked_numbers, columns, notices, rows
from practices.models import PracticeChart
from practices.selectors import chart_count, charts_changed_on
from practices.views.practice_detail import period_scale

ONLY_DIFFERENCES = "differences"


@require_safe
def practice_compare(request: HttpRequest) -> HttpResponse:
    """Return the comparison of the charts that `chart` names; with `only=differences` without what is alike.

    What cannot be compared (no number, no such chart for this reader, a fifth one) is left out with a notice.
    """
    values = request.GET.getlist("chart")
    numbers, nonsense = asked_numbers(values)
    readable = PracticeChart.objects.visible_to(request.user)
    known = set(readable.filter(chart_no__in=numbers).values_list("chart_no", flat=True))
    asked = [number for number in numbers if number in known]
    chosen = asked[:MOST]
    found_charts = {chart.chart_no: chart for chart in readable.filter(chart_no__in=chosen).for_page()}
    charts = [found_charts[number] for number in chosen]
    only = request.GET.get("only", "").strip() == ONLY_DIFFERENCES
    context: dict[str, Any] = {
        "breadcrumbs": [(_("Practices"), reverse("practices:practice_list")), (_("Comparison"), None)],
        "notices": notices(
            missing=[number for number in numbers if number not in known],
            nonsense=nonsense,
            beyond=asked[MOST:],
            unread=len(values[MOST_ASKED:]),
        ),
        "add_href": add_href(chosen) if len(chosen) < MOST else "",
        "columns": [],
        "rows": [],
        "dateline": dateline(chart_count(request.user), charts_changed_on(request.user)),
    }
    if len(charts) >= FEWEST:
        found = columns(charts, request.user, only_differences=only, reader_language=get_language() or "en")
        compared = rows(found, only_differences=only)
        scales = {column.chart.chart_no: period_scale(column.chart) for column in found}
        context |= {
            "columns": found,
            "rows": compared,
            "dateline": dateline(len(charts), changed_on(charts)),
            "scales": scales,
            "only_differences": only,
            "segments": [
                {"label": _("All fields"), "href": address(chosen), "is_current": not only},
                {
                    "label": _("Only differences"),
                    "href": address(chosen, only_differences=True),
                    "is_current": only,
                },
            ],
        }
    elif charts:
        context["one"] = charts[0]
    return render(request, "practices/practice_compare.html", context)


def dateline(number: int, changed: dt.date | None) -> list[tuple[str, str]]:
    """Return what the page is from: so many charts, in the words of which language, last change.

    Those are the charts that are compared; before a choice those of the list.
    """
    counted = ngettext("%(number)d practice chart", "%(number)d practice charts", number) % {"number": number}
    return computed_from(counted, changed)


def changed_on(charts: Sequence[PracticeChart]) -> dt.date | None:
    """Return the day on which one of these charts changed last; None where there is none."""
    changes = [chart.last_published_at for chart in charts if chart.last_published_at]
    return localdate(max(changes)) if changes else None


def add_href(numbers: list[int]) -> str:
    """Return the address of the list in which the reader picks more charts."""
    query = urlencode([("compare", str(number)) for number in numbers])
    return reverse("practices:practice_list") + (f"?{query}" if query else "")
