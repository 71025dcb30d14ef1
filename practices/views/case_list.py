"""The list of case studies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from platform_site.listing.declared import Listing, Results
from platform_site.listing.presentation import Page
from platform_site.listing.views import Found, ListView, RowGroup
from platform_site.vocabulary.store import vocabulary
from practices.cases.access import shown_teller
from practices.cases.catalogue import CaseCard, case_catalogue
from practices.cases.excerpts import Saying, sayings
from practices.cases.filters import CASES, facet_values, listing_for
from practices.cases.related import facts_line
from practices.cases.rows import listed_title, story_line
from practices.cases.template import GROUPS
from practices.registration import page_about


@dataclass(frozen=True)
class CaseRow:
    """A case study as a row of a list; `language` is that of its title where it is not the reader's.

    `says` is what the case says of what was chosen in the list.
    """

    title: str
    href: str
    language: str
    country_code: str
    country_name: str
    other_code: str
    other_name: str
    facts_line: str
    story: str
    audience: str
    match: tuple[str, ...] = ()
    says: Saying | None = None


def case_row(card: CaseCard, user: Any, match: Sequence[str] = ()) -> CaseRow:
    """Return a case study as a row draws it: the country that tells it, and the first of the others."""
    countries = vocabulary("countries")
    other = next((code for code in card.countries if code != card.country), "")
    return CaseRow(
        title=listed_title(card, user),
        href=card.url,
        language=card.language if card.language != get_language() else "",
        country_code=card.country,
        country_name=countries.label(card.country),
        other_code=other,
        other_name=countries.label(other) if other else "",
        facts_line=facts_line(card, user),
        story=story_line(card),
        audience=card.audience,
        match=tuple(match),
    )


class CaseList(ListView):
    """The list of case studies as page, CSV and JSON."""

    listing = CASES
    template_name = "practices/case_list.html"
    file_name = "case-studies"
    open_facets = ("cooperation", "country", "obstacle", "helped_by")
    order_reasons: ClassVar[Mapping[str, Any]] = {
        "": gettext_lazy("In the order of their numbers."),
        "newest": gettext_lazy("The highest number comes first."),
        "country": gettext_lazy("In the order of their countries."),
    }

    def listing_for(self, user: Any) -> Listing:
        """Return the list with the organisations that the reader may choose from."""
        return listing_for(user)

    def count_words(self, total: int) -> str:
        """Return the number of case studies."""
        return ngettext("%(number)d case study", "%(number)d case studies", total) % {"number": total}

    def fetched(self, pks: Sequence[int]) -> Mapping[int, Any]:
        """Return the cards of the catalogue: a row shows nothing that is not kept in memory."""
        return case_catalogue().cards

    def row_groups(self, found: Iterable[Found], results: Results, page: Page) -> Iterator[RowGroup]:
        """Yield the rows of a page; where a theme or a tick is chosen, each with what the case says of it."""
        found = list(found)
        state = results.state
        self.sayings = sayings([one.record.pk for one in found], state.chosen, state.words, self.request.user)
        return super().row_groups(found, results, page)

    def row(self, found: Found, results: Results, user: Any) -> CaseRow:
        """Return what the template draws."""
        row = case_row(found.record, user, self.matches(found, results))
        return replace(row, says=self.sayings.get(found.record.pk))

    def matches(self, found: Found, results: Results) -> list[str]:
        """Return for each chosen facet what of the case study fits it."""
        return self.fitting(facet_values(found.record), results)

    def country_of(self, record: Any) -> str:
        """Return the code of the country that tells the case study."""
        country: str = record.country
        return country

    def csv_header(self, user: Any) -> Sequence[str]:
        """Return the columns: facts as labels, one line for each case study."""
        return [
            _("Case"),
            _("Title"),
            _("Organisation"),
            _("Country"),
            _("Countries involved"),
            *(group.label for group in GROUPS),
            _("Languages"),
            _("Address"),
        ]

    def csv_row(self, found: Found, principals: frozenset[str]) -> Sequence[Any]:
        """Return the cells of one case study; the fields shown are for everybody, its organisation for this reader."""
        card: CaseCard = found.record
        teller = shown_teller(card, self.request.user)
        countries = vocabulary("countries")
        return [
            card.case_no,
            card.title,
            teller.name if teller else "",
            countries.label(card.country),
            "; ".join(countries.label(code) for code in card.involved),
            *(
                "; ".join(group.options.label(group.code_of(code)) for code in card.codes.get(group.key, ()))
                for group in GROUPS
            ),
            "; ".join(vocabulary("languages").label(language) for language in card.titles),
            self.request.build_absolute_uri(card.url),
        ]

    def list_context(self, results: Results, page: Page) -> dict[str, Any]:
        """Return the context without the filters for what older templates do not ask, while no case study says it."""
        context = super().list_context(results, page)
        extra = {group.key for group in GROUPS if group.is_extra}
        context["facets"] = [
            group
            for group in context["facets"]
            if group.name not in extra or group.on_count or any(option.count for option in group.options)
        ]
        return context

    def page_context(self, results: Results, page: Page) -> dict[str, Any]:
        """Return the breadcrumb, where the figures over what is listed stand, and the analysis of all cases."""
        state = results.state
        return {
            "breadcrumbs": [(_("Case studies"), None)],
            "words_label": _("Words of the case study"),
            "analysis": page_about("case", self.request),
            "figures_query": state.address(sort="", view="", extra={}).removeprefix("."),
        }


case_list = CaseList.as_view()
