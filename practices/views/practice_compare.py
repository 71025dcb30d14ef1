"""Two to four practice charts side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.comparison import FEWEST, MOST, address, asked_numbers, columns, notices, rows
from practices.models import PracticeChart
from practices.views.practice_detail import period_scale

ONLY_DIFFERENCES = "differences"


@require_safe
def practice_compare(request: HttpRequest) -> HttpResponse:
    """Return the comparison of the charts that `chart` names; with `only=differences` without what is alike.

    What cannot be compared (no number, no such chart for this reader, a fifth one) is left out with a notice.
    """
    numbers, nonsense = asked_numbers(request.GET.getlist("chart"))
    readable = {
        chart.chart_no: chart
        for chart in PracticeChart.objects.visible_to(request.user).filter(chart_no__in=numbers[: MOST * 2]).for_page()
    }
    missing = [number for number in numbers[: MOST * 2] if number not in readable]
    asked = [readable[number] for number in numbers if number in readable]
    charts = asked[:MOST]
    only = request.GET.get("only", "").strip() == ONLY_DIFFERENCES
    chosen = [chart.chart_no for chart in charts]
    context: dict[str, Any] = {
        "breadcrumbs": [(_("Practices"), reverse("practices:practice_list")), (_("Comparison"), None)],
        "notices": notices(missing, nonsense, max(0, len(asked) - MOST)),
        "add_href": add_href(chosen) if len(chosen) < MOST else "",
        "columns": [],
        "rows": [],
    }
    if len(charts) >= FEWEST:
        found = columns(charts, request.user, only_differences=only, reader_language=get_language() or "en")
        compared = rows(found, only_differences=only)
        scales = {column.chart.chart_no: period_scale(column.chart) for column in found}
        context |= {
            "columns": found,
            "rows": compared,
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


def add_href(numbers: list[int]) -> str:
    """Return the address of the list in which the reader picks more charts."""
    query = urlencode([("compare", str(number)) for number in numbers])
    return reverse("practices:practice_list") + (f"?{query}" if query else "")
