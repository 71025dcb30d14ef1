"""The list of practice charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from platform_site.listing.declared import Listing, Results
from platform_site.listing.presentation import Page, option_label
from platform_site.listing.state import ListState
from platform_site.listing.views import Found, ListView
from platform_site.vocabulary.store import vocabulary
from practices.access import shown_organisations
from practices.catalogue import catalogue
from practices.comparison import MOST, asked_numbers
from practices.filters import PRACTICES, listing_for
from practices.selectors import period_words

MATCHED_LISTS = {
    "category": "practice_categories",
    "typology": "practice_typologies",
    "target": "target_groups",
    "level": "levels",
}


@dataclass(frozen=True)
class PracticeRow:
    """A chart as a row of the list; `language` is that of its name where it is not the reader's."""

    chart_no: int
    title: str
    href: str
    language: str
    country_code: str
    country_name: str
    facts_line: str
    match: list[str]
    unsaid: list[str]
    is_picked: bool


class PracticeList(ListView):
    """The list of practice charts as page, CSV and JSON."""

    listing = PRACTICES
    template_name = "practices/practice_list.html"
    file_name = "practices"
    # Charts that were chosen for a comparison elsewhere stay chosen while the reader looks for more.
    extra = ("compare",)
    open_facets = ("category", "typology", "country", "target")

    def listing_for(self, user: Any) -> Listing:
        """Return the list with the organisations that the reader may choose from."""
        return listing_for(user)

    def count_words(self, total: int) -> str:
        """Return the number of charts."""
        return ngettext("%(number)d practice chart", "%(number)d practice charts", total) % {"number": total}

    def records(self, user: Any) -> Any:
        """Return the charts with what a row shows."""
        return self.listing.queryset().visible_to(user).for_list()

    def row(self, found: Found, results: Results, user: Any) -> PracticeRow:
        """Return what the template draws."""
        chart = found.record
        text = chart.text()
        entry = chart.country_entry
        picked, _nonsense = asked_numbers(results.state.extra.get("compare", ()))
        return PracticeRow(
            chart_no=chart.chart_no,
            title=chart.title,
            href=chart.get_absolute_url(),
            language=text.language if text and text.language != get_language() else "",
            country_code=entry.code if entry else "",
            country_name=entry.label() if entry else "",
            facts_line=self._facts_line(chart, user),
            match=self._fitting(found, results),
            unsaid=self._unsaid(found, results),
            is_picked=chart.chart_no in picked,
        )

    def _facts_line(self, chart: Any, user: Any) -> str:
        names = [organisation.display_name for organisation in shown_organisations(chart, user)]
        who = ", ".join(names[:2]) + (_(" and others") if len(names) > 2 else "")
        kinds = ", ".join(entry.label() for entry in chart.entries("practice_typologies"))
        return " · ".join(part for part in (who, period_words(chart.start, chart.end), kinds) if part)

    def matches(self, found: Found, results: Results) -> list[str]:
        """Return for each chosen facet what of the chart fits it, then what it does not say."""
        return [*self._fitting(found, results), *self._unsaid(found, results)]

    def _unsaid(self, found: Found, results: Results) -> list[str]:
        return [_("Funding: not stated")] if "funding" in results.state.chosen and not found.stated else []

    def _fitting(self, found: Found, results: Results) -> list[str]:
        chart, lines = found.record, []
        for facet in self.listing.facets:
            chosen = results.state.chosen.get(facet.name)
            if not chosen or (facet.name == "funding" and not found.stated):
                continue
            held = [code for code in self._codes(chart, facet.name) if facet.expanded([code]) & chosen]
            labels = [option_label(facet, code) for code in held] or [option_label(facet, code) for code in chosen]
            lines.append(f"{facet.label}: {', '.join(dict.fromkeys(labels))}")
        return lines

    def _codes(self, chart: Any, name: str) -> list[str]:
        if name in MATCHED_LISTS:
            return list(chart.codes(MATCHED_LISTS[name]))
        if name == "country":
            return [entry.code for entry in chart.country_entries]
        if name == "funding":
            return [row.kind_entry.code for row in chart.funding.all() if row.kind_entry]
        if name == "organisation":
            return [organisation.slug for organisation in shown_organisations(chart, self.request.user)]
        if name == "language":
            return [row.language for row in chart.texts.all()]
        return []

    def country_of(self, record: Any) -> str:
        """Return the code of the chart's country."""
        entry = record.country_entry
        return entry.code if entry else ""

    def csv_header(self, user: Any) -> Sequence[str]:
        """Return the columns: facts as codes' labels, one line for each chart."""
        return [
            _("Chart"),
            _("Name"),
            _("Original name"),
            _("Organisations"),
            _("Country"),
            _("Further countries"),
            _("Category"),
            _("Type of intervention"),
            _("Target groups"),
            _("Period"),
            _("Start"),
            _("End"),
            _("Level"),
            _("Funding"),
            _("Languages"),
            _("States what was asked"),
            _("Address"),
        ]

    def csv_row(self, found: Found, principals: frozenset[str]) -> Sequence[Any]:
        """Return the cells of one chart; the fields shown are for everybody, its organisations for this reader."""
        chart = found.record
        text = chart.text()
        organisations = shown_organisations(chart, self.request.user)

        def labels(name: str) -> str:
            return "; ".join(entry.label() for entry in chart.entries(name))

        funding = [
            f"{row.source} ({row.share.normalize():f} %)" if row.share is not None else row.source
            for row in chart.funding.all()
        ]
        return [
            chart.chart_no,
            chart.title,
            chart.original_name,
            "; ".join(organisation.name for organisation in organisations),
            chart.country_entry or "",
            labels("countries"),
            "; ".join(f"{entry.code} {entry.label()}" for entry in chart.entries("practice_categories")),
            labels("practice_typologies"),
            labels("target_groups"),
            text.period if text else "",
            chart.start,
            chart.end,
            labels("levels"),
            "; ".join(funding),
            "; ".join(vocabulary("languages").label(row.language) for row in chart.texts.all()),
            _("yes") if found.stated else _("no"),
            self.request.build_absolute_uri(chart.get_absolute_url()),
        ]

    def order_reason(self, state: ListState) -> str:
        """Say in which order the charts stand."""
        if state.words and not state.sort:
            return super().order_reason(state)
        return {
            "": _("Practices that began last come first."),
            "name": _("In the order of their names."),
            "country": _("In the order of their countries."),
            "number": _("In the order of their numbers."),
        }[state.sort]

    def page_context(self, results: Results, page: Page) -> dict[str, Any]:
        """Return the breadcrumb and what was picked for a comparison on other pages of the list."""
        picked, _nonsense = asked_numbers(results.state.extra.get("compare", ()))
        cards = catalogue().cards
        listed = {cards[pk].chart_no for pk in page.pks if pk in cards}
        return {
            "breadcrumbs": [(_("Practices"), None)],
            "picked": picked[:MOST],
            "picked_elsewhere": [number for number in picked[:MOST] if number not in listed],
            "categories": list(vocabulary("practice_categories")),
            "words_label": _("Name or words of the chart"),
        }


practice_list = PracticeList.as_view()
