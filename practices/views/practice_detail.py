"""The page of one practice chart."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from platform_site.records.access import get_readable
from platform_site.safety.withdrawn import answers_withdrawn
from platform_site.texts.languages import other_language
from platform_site.ui.languages import language_name
from platform_site.vocabulary.store import vocabulary
from practices.access import shown_organisations
from practices.answers import answers, funding_lines
from practices.cases.related import cases_of_tellers
from practices.catalogue import Card, catalogue
from practices.dateline import dateline
from practices.kept import kept_key
from practices.models import PracticeChart
from practices.selectors import Alike, Trail, alike, facts_line, trail
from practices.views.case_list import case_row
from search.related import related_to

# Fields 1 to 7 are short facts: they stand together at the top.
SHORT_FIELDS = 7
EARLIEST_SCALE = 10


@require_safe
@answers_withdrawn((gettext_lazy("All practices"), "practices:practice_list"))
def practice_detail(request: HttpRequest, chart_no: str) -> HttpResponse:
    """Return the page of the chart with this number. Raises Http404; a withdrawn one answers 410 or leads onward."""
    key = kept_key("practice", int(chart_no), user=request.user)
    shown = cache.get(key)
    if shown is None:
        chart = get_readable(PracticeChart.objects.for_page(), request.user, chart_no=int(chart_no))
        shown = drawn(request, chart)
        cache.set(key, shown)
    return render(request, "practices/practice_detail.html", shown)


def render_practice(request: HttpRequest, chart: Any) -> HttpResponse:
    """Return the page of `chart` as it is given: a draft in a preview. Nothing of it is kept."""
    return render(request, "practices/practice_detail.html", drawn(request, chart))


def drawn(request: HttpRequest, chart: Any) -> dict[str, Any]:
    """Return the page of `chart` but for its frame: the body as HTML, and what the frame needs."""
    context = page_context(request, chart)
    names = ("breadcrumbs", "content_languages", "original_language")
    return {
        **{name: context[name] for name in names},
        "title": chart.title,
        "body": render_to_string("practices/chart.html", context),
    }


def page_context(request: HttpRequest, chart: Any) -> dict[str, Any]:
    """Return what the page shows of `chart` to the reader of `request`."""
    user, active = request.user, get_language() or "en"
    text = chart.text()
    period = chart.text_saying("period")
    fields = answers(chart, text, user)
    entry = chart.country_entry
    original = chart.original_language
    return {
        "chart": chart,
        "text": text,
        "content_lang": other_language(text.language) if text else "",
        "language_notice": language_notice(text, active, original),
        "content_languages": chart.content_languages,
        "original_language": original,
        "breadcrumbs": [
            (_("Practices"), reverse("practices:practice_list")),
            (_("Chart %(number)s") % {"number": chart.chart_no or "–"}, None),
        ],
        "dateline": dateline(chart, text),
        "dateline_actions": [("columns-3", _("Add to a comparison"), compare_href(chart))],
        "short_fields": fields[:SHORT_FIELDS],
        "long_fields": fields[SHORT_FIELDS:],
        "country": entry,
        "organisations": shown_organisations(chart, user),
        "categories": chart.entries("practice_categories"),
        "typologies": chart.entries("practice_typologies"),
        "target_groups": chart.entries("target_groups"),
        "principles": chart.entries("selection_principles"),
        "period_scale": period_scale(chart),
        "period": period.period if period else "",
        "period_lang": other_language(period.language) if period else "",
        "funding": funding_lines(chart),
        "trail": trail_rows(trail(chart, user), user),
        "related": related_to("practice", str(chart.pk), user) if chart.pk else [],
        "cases": [case_row(card, user) for card in cases_of_tellers(shown_organisations(chart, user), user)],
        "alike": [alike_row(found, user) for found in alike(chart, user)],
    }


def compare_href(chart: Any) -> str:
    """Return the address of the list in which the reader picks charts to compare this one with."""
    return f"{reverse('practices:practice_list')}?compare={chart.chart_no}"


def language_notice(text: Any, active: str, original: str) -> str:
    """Return the line that says in which language the chart is, "" where it is in the reader's."""
    if text is None or text.language == active:
        return ""
    return _("This chart has no text in %(wanted)s yet. You read it in %(shown)s.") % {
        "wanted": language_name(active),
        "shown": language_name(text.language),
    }


def period_scale(chart: Any) -> dict[str, Any] | None:
    """Return start, end, first and last year for the period bar; None where no start is stated.

    The scale begins with the oldest chart, so that the bars of all charts can be compared. Without an end, the bar ends
    with the year of the data.
    """
    if chart.start_year is None:
        return None
    this_year = timezone.localdate().year
    oldest = catalogue().first_year or chart.start_year
    first = min(oldest, chart.start_year, this_year - EARLIEST_SCALE)
    return {"start": chart.start_year, "end": chart.end_year or chart.data_year, "first": first, "last": this_year}


def alike_row(found: Alike, user: Any) -> dict[str, Any]:
    """Return a chart like this one as the light row draws it, and why it is named."""
    return {**card_row(found.card, user), "why": ", ".join(found.shared)}


def card_row(card: Card, user: Any) -> dict[str, Any]:
    """Return a chart as the light row draws it."""
    return {
        "href": card.url,
        "title": card.name,
        "title_language": other_language(card.language),
        "country_code": card.country,
        "country_name": vocabulary("countries").label(card.country),
        "facts_line": facts_line(card, shown_organisations(card, user)),
        "audience": card.audience,
    }


def trail_rows(found: Trail, user: Any) -> dict[str, Any]:
    """Return the trail with its charts as rows; an empty dictionary where there is none."""
    if not found:
        return {}
    return {
        "origins": [card_row(card, user) for card in found.origins],
        "changed": found.changed,
        "changed_lang": other_language(found.changed_language),
        "adaptations": [
            {**card_row(step.card, user), "changed": step.changed, "changed_lang": other_language(step.language)}
            for step in found.adaptations
        ],
    }
