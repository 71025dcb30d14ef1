"""The published charts in memory: what lists, facets, related blocks and "charts like this" need of each.

Loaded once per process and data version in a handful of queries. It knows no reader: whoever shows something of it asks
`practices.access` first.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from platform_site.listing.declared import MOST_CHANGES, Stamps, stamps_of
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import Entry, entry_by_id
from practices.years import data_year

DATA = ("practice", "organisation")


@dataclass(frozen=True)
class OrganisationName:
    """An organisation of a chart, as a link needs it."""

    pk: int
    slug: str
    name: str
    short_name: str

    @property
    def display_name(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


@dataclass(frozen=True)
class Funding:
    """A source of money of a chart, the code of its kind ("" for none), and its share in percent or None."""

    source: str
    kind: str
    share: Decimal | None


@dataclass(frozen=True)
class Card:
    """A published chart as a row of a list: `names` and `periods` by language, `codes` by list, dates as stored."""

    pk: int
    chart_no: int
    audience: str
    names: dict[str, str]
    periods: dict[str, str]
    original: str
    original_name: str
    country: str
    start: str
    end: str
    data_year: int
    codes: dict[str, tuple[str, ...]]
    funding: tuple[Funding, ...]
    organisations: tuple[OrganisationName, ...] = field(repr=False)
    adapted_from: int | None = None

    @property
    def key(self) -> str:
        """The stable name of the chart for interfaces."""
        return f"practice:{self.chart_no}"

    @property
    def title(self) -> str:
        """The name under which readers of the active language know the chart."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return the path of the chart in the active language."""
        return self.url

    @property
    def funding_kinds(self) -> tuple[str, ...]:
        """The kinds of money, each once."""
        return tuple(dict.fromkeys(source.kind for source in self.funding if source.kind))

    @property
    def language(self) -> str:
        """The language in which a reader of the active language reads the chart."""
        active = (get_language() or "en").split("-")[0]
        return active if active in self.names else self.original

    @property
    def name(self) -> str:
        """The name in that language."""
        return self.names.get(self.language, "")

    @property
    def countries(self) -> tuple[str, ...]:
        """The country and the further ones."""
        return tuple(dict.fromkeys((self.country, *self.codes.get("countries", ()))))

    @property
    def url(self) -> str:
        """The path of the chart in the active language."""
        return reverse("practices:practice_detail", args=[self.chart_no])


@dataclass(frozen=True)
class Catalogue:
    """All published charts by primary key, in the order of their numbers."""

    token: tuple[str, ...]
    ground: str
    stamps: Stamps
    cards: dict[int, Card]

    def _keys(self, keys_of: Callable[[Card], Iterable[Any]]) -> dict[Any, list[int]]:
        found: dict[Any, list[int]] = defaultdict(list)
        for card in self.cards.values():
            for key in keys_of(card):
                found[key].append(card.pk)
        return found

    @cached_property
    def by_term(self) -> dict[tuple[str, str], list[int]]:
        """The charts that have a term: by list and code."""
        return self._keys(lambda card: [(name, code) for name, codes in card.codes.items() for code in codes])

    @cached_property
    def by_organisation(self) -> dict[int, list[int]]:
        """The charts that an organisation runs."""
        return self._keys(lambda card: [organisation.pk for organisation in card.organisations])

    @cached_property
    def by_country(self) -> dict[str, list[int]]:
        """The charts that take place in a country."""
        return self._keys(lambda card: card.countries)

    @cached_property
    def adaptations(self) -> dict[int, list[int]]:
        """The charts that were made from one."""
        return self._keys(lambda card: [card.adapted_from] if card.adapted_from else [])

    @cached_property
    def first_year(self) -> int | None:
        """The year in which the oldest practice began; None where no chart says it."""
        return min((int(card.start[:4]) for card in self.cards.values() if card.start), default=None)


_lock = threading.Lock()
_catalogue: Catalogue | None = None


def token() -> tuple[str, ...]:
    """Return the state of the data that the catalogue depends on."""
    return tuple(versions.current(name) for name in (*DATA, "vocabulary"))


def catalogue() -> Catalogue:
    """Return the catalogue of the data as they are now."""
    global _catalogue
    wanted = token()
    kept = _catalogue
    if kept is None or kept.token != wanted:
        with _lock:
            kept = _catalogue
            if kept is None or kept.token != wanted:
                kept = _catalogue = _renewed(kept, wanted)
    return kept


def _stamps(published: Any) -> Stamps:
    """Return the stamp of each chart with those of its organisations, whose names its card shows."""
    rows = _published_organisations().filter(chart__in=published.values("pk"))
    organisations = _grouped(rows.order_by("pk").values_list("chart_id", "organisation__stamp"))
    return {pk: (stamp, *(of for (of,) in organisations.get(pk, ()))) for pk, stamp in stamps_of(published).items()}


def _renewed(old: Catalogue | None, token: tuple[str, ...]) -> Catalogue:
    """Return the catalogue of the data as they are now; only the charts that changed are read again."""
    from practices.models import PracticeChart

    published, ground = PracticeChart.objects.published(), versions.current("vocabulary")
    # Read before the charts: what changes between the two is then read once too often, never missed.
    stamps = _stamps(published)
    if old is not None and old.ground == ground:
        changed = [pk for pk, stamp in stamps.items() if old.stamps.get(pk) != stamp]
        if len(changed) <= MOST_CHANGES:
            cards = {pk: card for pk, card in old.cards.items() if pk in stamps} | _cards(changed)
            ordered = sorted(cards.values(), key=lambda card: card.chart_no)
            return Catalogue(token, ground, stamps, {card.pk: card for card in ordered})
    return Catalogue(token, ground, stamps, _cards(None))


def _published_organisations() -> Any:
    from practices.models import PracticeOrganisation

    return PracticeOrganisation.objects.filter(chart__live=True, organisation__live=True)


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for owner, *rest in rows:
        found[owner].append(rest)
    return found


def _cards(pks: Collection[int] | None) -> dict[int, Card]:
    """Return the cards of the published charts with these primary keys (None: of all), by chart number."""
    from practices.models import FundingShare, PracticeChart, PracticeTerm, PracticeText

    def only(rows: Any, owner: str) -> Any:
        return rows.filter(**{f"{owner}__live": True} | ({} if pks is None else {f"{owner}__in": pks}))

    # Rows are read as tuples: two thousand charts have some twenty thousand of them.
    terms = _grouped(
        only(PracticeTerm.objects, "owner").order_by("sort_order", "pk").values_list("owner_id", "term_id")
    )
    texts = _grouped(
        only(PracticeText.objects, "record")
        .order_by("pk")
        .values_list("record_id", "language", "is_original", "name", "period")
    )
    organisations = _grouped(
        only(_published_organisations(), "chart")
        .order_by("sort_order", "pk")
        .values_list(
            "chart_id", "organisation_id", "organisation__slug", "organisation__name", "organisation__short_name"
        )
    )
    funding = _grouped(
        only(FundingShare.objects, "chart")
        .order_by("sort_order", "pk")
        .values_list("chart_id", "source", "source_kind_id", "share")
    )
    cards = {}
    charts = PracticeChart.objects.published().order_by("chart_no")
    if pks is not None:
        charts = charts.filter(pk__in=pks)
    speaks_for = ("as_of", "source", "imported_on", "last_published_at")
    for pk, chart_no, audience, original_name, country, start, end, adapted_from, *known in charts.values_list(
        "pk", "chart_no", "audience", "original_name", "country_id", "start", "end", "adapted_from_id", *speaks_for
    ):
        as_of, source, imported_on, published = known
        rows = texts.get(pk, [])
        cards[pk] = Card(
            pk=pk,
            chart_no=chart_no,
            audience=audience,
            names={language: name for language, _original, name, _period in rows},
            periods={language: period for language, _original, _name, period in rows},
            original=next((row[0] for row in rows if row[1]), rows[0][0] if rows else "en"),
            original_name=original_name,
            country=_code(country),
            start=start,
            end=end,
            data_year=data_year(start=start, as_of=as_of, source=source, imported_on=imported_on, published=published),
            codes=_by_list(entry_by_id(term) for (term,) in terms.get(pk, [])),
            funding=tuple(Funding(source, _code(kind), share) for source, kind, share in funding.get(pk, [])),
            organisations=tuple(OrganisationName(*row) for row in organisations.get(pk, [])),
            adapted_from=adapted_from,
        )
    return cards


def _code(term: int | None) -> str:
    entry = entry_by_id(term)
    return entry.code if entry else ""


def _by_list(entries: Iterable[Entry | None]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        if entry is not None:
            found[entry.vocabulary] = (*found.get(entry.vocabulary, ()), entry.code)
    return found
