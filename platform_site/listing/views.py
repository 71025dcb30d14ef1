"""The view of a declared list: one state of an address, answered as a page, as CSV or as JSON."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from platform_site.accounts.principals import principals_of
from platform_site.listing.declared import Listing, Results, Section
from platform_site.listing.formats import csv_response, facets_as_data, json_response
from platform_site.listing.presentation import Chip, Page, chips, facet_groups, page_of, wider_offers
from platform_site.listing.provenance import computed_from
from platform_site.listing.state import ListState, parse_state

PAGE_SIZE = 20
DATA_PAGE_SIZE = 100
# Records of a CSV file are fetched and sent in parts: neither all in memory nor one query each.
CSV_PART = 200
FORMATS = ("html", "csv", "json")


@dataclass(frozen=True)
class Found:
    """One result: the record, the key of its section, and whether it states everything that was asked."""

    record: Any
    section: Section

    @property
    def stated(self) -> bool:
        """Whether the record states all that was asked; False under "not stated"."""
        return self.section.key != "not_stated"


@dataclass(frozen=True)
class RowGroup:
    """The rows of one section on a page. `is_first`: the section begins here, not on an earlier page."""

    section: Section
    rows: list[Any]
    is_first: bool


@dataclass(frozen=True)
class Choice:
    """One order or view that the reader can choose, with its address."""

    value: str
    label: Any
    href: str
    is_current: bool
    icon_name: str = ""


class ListView(View, ABC):
    """Answers GET for a declared list.

    Subclasses set `listing`, `template_name`, `file_name` (of the CSV file) and say in `records` how one page
    of records is fetched, in `row` what the template gets of one, in `data` what JSON gets, and in `csv_header`
    and `csv_row` what the file gets. Whatever a parameter holds, the answer is a page: nonsense becomes a notice.
    """

    listing: Listing
    template_name: ClassVar[str]
    file_name: ClassVar[str] = "list"
    page_size: ClassVar[int] = PAGE_SIZE
    # Name, label and icon of the ways to show the list; the first is the default.
    views: ClassVar[Sequence[tuple[str, Any, str]]] = ()
    # Parameters beside those of the list that its addresses pass on; `more` opens a long facet.
    extra: ClassVar[Sequence[str]] = ()
    open_facets: ClassVar[Sequence[str]] = ()
    # By sort ("" is the first one): the line that says it, where the sort's label alone does not.
    order_reasons: ClassVar[Mapping[str, Any]] = {}
    http_method_names = ["get", "head", "options"]

    # --- what a list says for itself --------------------------------------------------------------------------------
    def listing_for(self, user: Any) -> Listing:
        """Return the list as `user` may see it: where options name other records, with those that `user` may read.

        An option that is left out is unknown to the address, the counts and JSON alike (see `Listing.offering`).
        """
        return self.listing

    def count_words(self, total: int) -> str:
        """Return the number with its noun ("7 organisations"); lists with a noun of their own say it."""
        return ngettext("%(number)d result", "%(number)d results", total) % {"number": total}

    def records(self, user: Any) -> Any:
        """Return the queryset of the listed records that `user` may read, with everything that a row shows."""
        return self.listing.queryset().visible_to(user)

    def fetched(self, pks: Sequence[int]) -> Mapping[int, Any]:
        """Return by primary key what the rows of these results are made of; what is gone by now is left out."""
        records: Mapping[int, Any] = self.records(self.request.user).in_bulk(list(pks))
        return records

    def row(self, found: Found, results: Results, user: Any) -> Any:
        """Return what the template is given of one result; the base gives the result itself."""
        return found

    def matches(self, found: Found, results: Results) -> list[str]:
        """Return, as texts, why the result fits (what of it does), and in the last section what it does not say."""
        return []

    def fitting(self, held: Mapping[str, Sequence[str]], results: Results) -> list[str]:
        """Return a line for each chosen facet whose values, of those `held` by a record, fit the choice."""
        lines = []
        for facet in self.listing.facets:
            chosen = results.state.chosen.get(facet.name)
            if chosen and (words := facet.fitting(held[facet.name], chosen)):
                lines.append(f"{facet.label}: {words}")
        return lines

    def country_of(self, record: Any) -> str:
        """Return the code of the record's country, or ""."""
        return ""

    def data(self, found: Found, results: Results, user: Any) -> dict[str, Any]:
        """Return one result for JSON."""
        return {
            "key": found.record.key,
            "title": found.record.title,
            "url": found.record.get_absolute_url(),
            "country": self.country_of(found.record),
            "match": self.matches(found, results),
            "stated": found.stated,
        }

    @abstractmethod
    def csv_header(self, user: Any) -> Sequence[str]:
        """Return the names of the columns."""

    @abstractmethod
    def csv_row(self, found: Found, principals: frozenset[str]) -> Sequence[Any]:
        """Return the cells of one result: nothing that a reader with `principals` may not read."""

    def order_reason(self, state: ListState) -> str:
        """Return the line that says in which order the results stand, and why."""
        if state.words and not state.sort:
            return _("Names that begin with your words first, then names that have them, then texts.")
        if state.sort in self.order_reasons:
            return str(self.order_reasons[state.sort])
        label = self.listing.sorts[state.sort or next(iter(self.listing.sorts))]
        return _("In this order: %(order)s.") % {"order": label}

    def page_context(self, results: Results, page: Page) -> dict[str, Any]:
        """Return what a list adds to the context of its template."""
        return {}

    # --- the answer -------------------------------------------------------------------------------------------------
    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Return the page, the file or the data that the address asks for."""
        self.listing = self.listing_for(request.user)
        state = self.state(request.GET)
        wanted = request.GET.get("format", "").strip() or "html"
        if wanted not in FORMATS:
            notice = _("That format is not known; the page is shown.")
            state = replace(state, notices=(*state.notices, notice))
        results = self.results(state)
        if wanted == "csv":
            return self.as_csv(results)
        if wanted == "json":
            return self.as_data(results)
        return self.as_page(results)

    def results(self, state: ListState) -> Results:
        """Return the answer to `state`; a list that answers some states in another order says so here."""
        return self.listing.results(state, self.request.user)

    def state(self, query: QueryDict) -> ListState:
        """Return the state that a query holds."""
        return parse_state(
            query,
            self.listing.facets,
            sorts=tuple(self.listing.sorts),
            views=tuple(name for name, _label, _icon in self.views),
            extra=("more", *self.extra),
        )

    def found(self, results: Results, pks: Sequence[int], first: int = 0) -> list[Found]:
        """Return the results with these primary keys, the first of which is number `first` (from 0), in order."""
        records = self.fetched(pks)
        return [
            Found(records[pk], results.section_of(number))
            for number, pk in enumerate(pks, start=first)
            if pk in records
        ]

    def as_page(self, results: Results) -> HttpResponseBase:
        """Return the page."""
        page = page_of(results, size=self.page_size)
        context = self.list_context(results, page)
        return render(self.request, self.template_name, {**context, **self.page_context(results, page)})

    def list_context(self, results: Results, page: Page) -> dict[str, Any]:
        """Return the context that the templates of all lists share (`listing/` has the parts that draw it)."""
        state = results.state
        more = state.extra.get("more", ("",))[0]
        found = self.found(results, page.pks, page.first - 1)
        listed = self.chips(results, with_totals=not results.total)
        return {
            "state": state,
            "results": results,
            "count_words": self.count_words(results.total),
            "is_narrowed": bool(state.chosen or state.words),
            "page": page,
            "groups": list(self.row_groups(found, results, page)),
            "facets": facet_groups(self.listing, results, open_names=self.open_facets, whole=more),
            "facets_on": sum(len(values) for values in state.chosen.values()),
            "chips": listed,
            # Nothing fits: the choices without which something would, the most helpful first.
            "helping_chips": sorted(
                (chip for chip in listed if chip.total_without), key=lambda chip: -(chip.total_without or 0)
            ),
            "wider_offers": wider_offers(self.listing, results),
            "remove_all_href": ".",
            "sort_choices": self.sort_choices(state),
            "view_choices": self.view_choices(state),
            "view": state.view or (self.views[0][0] if self.views else ""),
            "order_reason": self.order_reason(state),
            "notices": self.notices(state, page),
            "dateline": computed_from(
                self.count_words(results.everything), self.listing.last_change(self.request.user)
            ),
            # What the form of the filters and the form of the order keep of the address, as hidden fields.
            "filter_keeps": state.parameters(chosen={}, words="", page=1, extra=self._passed_on(state)),
            "sort_keeps": state.parameters(sort="", page=1),
            "downloads": [
                {"label": label, "href": state.address(extra={**state.extra, "format": (name,)})}
                for name, label in (("csv", "CSV"), ("json", "JSON"))
            ],
        }

    def notices(self, state: ListState, page: Page) -> list[str]:
        """Return what of the address could not be used, as sentences."""
        if state.page > page.count:
            return [*state.notices, _("There are fewer pages than that; the last one is shown.")]
        return list(state.notices)

    def _passed_on(self, state: ListState) -> dict[str, tuple[str, ...]]:
        return {name: values for name, values in state.extra.items() if name != "more"}

    def row_groups(self, found: Iterable[Found], results: Results, page: Page) -> Iterator[RowGroup]:
        """Yield the rows of a page by section."""
        starts = {}
        begin = 0
        for section in results.sections:
            starts[section.key] = begin
            begin += section.total
        for section, members in groupby(found, key=lambda one: one.section):
            rows = [self.row(one, results, self.request.user) for one in members]
            yield RowGroup(section, rows, starts[section.key] >= page.first - 1)

    def chips(self, results: Results, *, with_totals: bool) -> list[Chip]:
        """Return a chip for each choice and for the words; with totals where nothing was found."""
        listed = chips(self.listing, results, with_totals=with_totals)
        state = results.state
        if state.words:
            total = self.listing.total(state.chosen, self.request.user) if with_totals else None
            listed.insert(0, Chip(_("Words"), state.words, state.address(words=""), total))
        return listed

    def sort_choices(self, state: ListState) -> list[Choice]:
        """Return the orders; the first is the default and stands in no address."""
        names = list(self.listing.sorts)
        current = state.sort or names[0]
        return [
            Choice(
                name, self.listing.sorts[name], state.address(sort="" if name == names[0] else name), name == current
            )
            for name in names
        ]

    def view_choices(self, state: ListState) -> list[Choice]:
        """Return the ways to show the list."""
        if not self.views:
            return []
        default = self.views[0][0]
        current = state.view or default
        return [
            Choice(name, label, state.address(view="" if name == default else name), name == current, icon_name)
            for name, label, icon_name in self.views
        ]

    def as_data(self, results: Results) -> HttpResponseBase:
        """Return one page of results as JSON (documented in `docs/`)."""
        page = page_of(results, size=DATA_PAGE_SIZE)
        found = self.found(results, page.pks, page.first - 1)
        state = results.state
        following = ""
        if page.number < page.count:
            as_json = {**state.extra, "format": ("json",)}
            following = self.request.path + state.address(extra=as_json, page=page.number + 1)
        return json_response(
            {
                "total": results.total,
                "not_stated_total": results.not_stated_total,
                "page": page.number,
                "pages": page.count,
                "next": following or None,
                "notices": self.notices(state, page),
                "facets": facets_as_data(self.listing, results),
                "results": [self.data(one, results, self.request.user) for one in found],
            }
        )

    def as_csv(self, results: Results) -> HttpResponseBase:
        """Return all results as a CSV file, in the language of the request."""
        user = self.request.user
        principals = principals_of(user)
        language = translation.get_language()

        def rows() -> Iterator[Sequence[Any]]:
            for start in range(0, len(results.pks), CSV_PART):
                # The file is sent after the middleware has left: the language is set anew for each part.
                with translation.override(language):
                    part = self.found(results, results.pks[start : start + CSV_PART], start)
                    cells = [self.csv_row(one, principals) for one in part]
                yield from cells

        return csv_response(name=self.file_name, header=self.csv_header(user), rows=rows())
