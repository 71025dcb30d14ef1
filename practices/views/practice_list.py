"""The list of practice charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from platform_site.listing.declared import Listing, Results
from platform_site.listing.presentation import Page
from platform_site.listing.views import Found, ListView
from platform_site.vocabulary.store import vocabulary
from practices.access import shown_organisations
from practices.catalogue import Card, catalogue
from practices.comparison import MOST, asked_numbers
from practices.filters import PRACTICES, listing_for, values_of
from practices.registration import link_to, page_about
from practices.selectors import names_line
from practices.years import period_words


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
    audience: str
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
    order_reasons: ClassVar[Mapping[str, Any]] = {
        "": gettext_lazy("Practices that began last come first."),
        "name": gettext_lazy("In the order of their names."),
        "country": gettext_lazy("In the order of their countries."),
        "number": gettext_lazy("In the order of their numbers."),
    }

    def listing_for(self, user: Any) -> Listing:
        """Return the list with the organisations that the reader may choose from."""
        return listing_for(user)

    def count_words(self, total: int) -> str:
        """Return the number of charts."""
        return ngettext("%(number)d practice chart", "%(number)d practice charts", total) % {"number": total}

    def fetched(self, pks: Sequence[int]) -> Mapping[int, Any]:
        """Return the cards of the catalogue: a row shows nothing that is not kept in memory."""
        return catalogue().cards

    def row(self, found: Found, results: Results, user: Any) -> PracticeRow:
        """Return what the template draws."""
        card: Card = found.record
        picked, _nonsense = asked_numbers(results.state.extra.get("compare", ()))
        return PracticeRow(
            chart_no=card.chart_no,
            title=card.name,
            href=card.url,
            language=card.language if card.language != get_language() else "",
            country_code=card.country,
            country_name=vocabulary("countries").label(card.country),
            facts_line=self._facts_line(card, user),
            audience=card.audience,
            match=self._fitting(found, results),
            unsaid=self._unsaid(found, results),
            is_picked=card.chart_no in picked,
        )

    def _facts_line(self, card: Card, user: Any) -> str:
        who = names_line(shown_organisations(card, user))
        kinds = ", ".join(self._labels(card, "practice_typologies"))
        return " · ".join(part for part in (who, period_words(card.start, card.end, card.data_year), kinds) if part)

    def _labels(self, card: Card, name: str) -> list[str]:
        terms = vocabulary(name)
        return [terms.label(code) for code in card.codes.get(name, ())]

    def matches(self, found: Found, results: Results) -> list[str]:
        """Return for each chosen facet what of the chart fits it, then what it does not say."""
        return [*self._fitting(found, results), *self._unsaid(found, results)]

    def _unsaid(self, found: Found, results: Results) -> list[str]:
        return [_("Kind of funding: not stated")] if "funding" in results.state.chosen and not found.stated else []

    def _fitting(self, found: Found, results: Results) -> list[str]:
        return self.fitting(values_of(found.record), results)

    def country_of(self, record: Any) -> str:
        """Return the code of the chart's country."""
        country: str = record.country
        return country

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
            _("Year of the data"),
            _("Level"),
            _("Funding"),
            _("Languages"),
            _("States what was asked"),
            _("Address"),
        ]

    def csv_row(self, found: Found, principals: frozenset[str]) -> Sequence[Any]:
        """Return the cells of one chart; the fields shown are for everybody, its organisations for this reader."""
        card: Card = found.record
        organisations = shown_organisations(card, self.request.user)
        countries = vocabulary("countries")
        categories = vocabulary("practice_categories")
        funding = [
            f"{one.source} ({one.share.normalize():f} %)" if one.share is not None else one.source
            for one in card.funding
        ]
        return [
            card.chart_no,
            card.name,
            card.original_name,
            "; ".join(organisation.name for organisation in organisations),
            countries.label(card.country),
            "; ".join(countries.label(code) for code in card.countries[1:]),
            "; ".join(f"{code} {categories.label(code)}" for code in card.codes.get("practice_categories", ())),
            "; ".join(self._labels(card, "practice_typologies")),
            "; ".join(self._labels(card, "target_groups")),
            card.periods.get(card.language, ""),
            card.start,
            card.end,
            card.data_year,
            "; ".join(self._labels(card, "levels")),
            "; ".join(funding),
            "; ".join(vocabulary("languages").label(language) for language in card.names),
            _("yes") if found.stated else _("no"),
            self.request.build_absolute_uri(card.url),
        ]

    def list_context(self, results: Results, page: Page) -> dict[str, Any]:
        """Return the context; what the list is from names the page that tells how the charts were chosen."""
        context = super().list_context(results, page)
        if chosen := page_about("practice", self.request):
            context["dateline"] = [*context["dateline"], (_("How we work"), link_to(chosen))]
        return context

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
