"""The published case studies in memory: what list, facets, statistics and related blocks need of each.

Loaded once per process and data version. It knows no reader: whoever shows something of it asks `cases.access` first.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from platform_site.vocabulary import versions
from platform_site.vocabulary.store import Entry, entry_by_id, vocabulary
from practices.cases.template import GROUPS
from practices.catalogue import OrganisationName

DATA = ("case", "organisation")


@dataclass(frozen=True)
class CaseCard:
    """A published case study as a row of a list: `titles` by language, `codes` (short ones) by key of their group."""

    pk: int
    case_no: int
    audience: str
    titles: dict[str, str]
    original: str
    country: str
    involved: tuple[str, ...]
    codes: dict[str, tuple[str, ...]]
    organisation: OrganisationName | None = field(repr=False)

    @property
    def key(self) -> str:
        """The stable name of the case study for interfaces."""
        return f"case:{self.case_no}"

    @property
    def language(self) -> str:
        """The language of the title that a reader gets; one that is made of terms is in the active language."""
        active = (get_language() or "en").split("-")[0]
        shown = active if active in self.titles else self.original
        return shown if self.titles.get(shown) else active

    @property
    def title(self) -> str:
        """The title, else the kinds of cooperation."""
        from practices.models.cases import kinds_line

        active = (get_language() or "en").split("-")[0]
        given = self.titles.get(active if active in self.titles else self.original, "")
        kinds = vocabulary("cooperation_types")
        return given or kinds_line(kinds.label(code) for code in self.codes.get("cooperation", ()))

    @property
    def countries(self) -> tuple[str, ...]:
        """The country and the others involved."""
        return tuple(dict.fromkeys(code for code in (self.country, *self.involved) if code))

    @property
    def url(self) -> str:
        """The path of the case study in the active language."""
        return reverse("practices:case_detail", args=[self.case_no])

    def get_absolute_url(self) -> str:
        """Return the path of the case study in the active language."""
        return self.url


@dataclass(frozen=True)
class CaseCatalogue:
    """All published case studies by primary key, in the order of their numbers, with what each was made from."""

    token: tuple[str, ...]
    stamps: Mapping[int, Hashable]
    cards: dict[int, CaseCard]

    def _keys(self, keys_of: Callable[[CaseCard], Iterable[Any]]) -> dict[Any, list[int]]:
        found: dict[Any, list[int]] = defaultdict(list)
        for card in self.cards.values():
            for key in keys_of(card):
                found[key].append(card.pk)
        return found

    @cached_property
    def by_organisation(self) -> dict[int, list[int]]:
        """The case studies that an organisation tells."""
        return self._keys(lambda card: [card.organisation.pk] if card.organisation else [])

    @cached_property
    def by_country(self) -> dict[str, list[int]]:
        """The case studies in which a country is involved."""
        return self._keys(lambda card: card.countries)


_lock = threading.Lock()
_catalogue: CaseCatalogue | None = None


def case_token() -> tuple[str, ...]:
    """Return the state of the data that the catalogue depends on."""
    return tuple(versions.current(name) for name in (*DATA, "vocabulary"))


def case_catalogue() -> CaseCatalogue:
    """Return the catalogue of the data as they are now."""
    global _catalogue
    wanted = case_token()
    kept = _catalogue
    if kept is None or kept.token != wanted:
        with _lock:
            kept = _catalogue
            if kept is None or kept.token != wanted:
                kept = _catalogue = _load(wanted)
    return kept


def _load(token: tuple[str, ...]) -> CaseCatalogue:
    from practices.models import CaseStudy, CaseTerm, CaseText, CaseTheme

    texts: dict[int, list[tuple[str, bool, str]]] = defaultdict(list)
    rows = CaseText.objects.filter(record__live=True).order_by("pk")
    for case, language, is_original, title in rows.values_list("record_id", "language", "is_original", "title"):
        texts[case].append((language, is_original, title))
    entries: dict[int, list[Entry]] = defaultdict(list)
    terms = CaseTerm.objects.filter(owner__live=True).order_by("sort_order", "pk").values_list("owner_id", "term_id")
    themes = CaseTheme.objects.filter(case__live=True).order_by("sort_order", "pk").values_list("case_id", "term_id")
    for case, term in (*terms, *themes):
        if entry := entry_by_id(term):
            entries[case].append(entry)
    cards, stamps = {}, {}
    # The name of an organisation that is not published stands on no card.
    for pk, number, audience, country, stamp, live, name_stamp, *name in (
        CaseStudy.objects.published()
        .order_by("case_no")
        .values_list(
            "pk",
            "case_no",
            "audience",
            "country_id",
            "stamp",
            "organisation__live",
            "organisation__stamp",
            "organisation_id",
            "organisation__slug",
            "organisation__name",
            "organisation__short_name",
        )
    ):
        found = texts[pk]
        entry = entry_by_id(country)
        cards[pk] = CaseCard(
            pk=pk,
            case_no=number,
            audience=audience,
            titles={language: title for language, _original, title in found},
            original=next((row[0] for row in found if row[1]), found[0][0] if found else "en"),
            country=entry.code if entry else "",
            involved=tuple(entry.code for entry in entries[pk] if entry.vocabulary == "countries"),
            codes={
                group.key: tuple(entry.short_code for entry in entries[pk] if group.list_name in entry.list_names)
                for group in GROUPS
            },
            organisation=OrganisationName(*name) if live else None,
        )
        stamps[pk] = (stamp, name_stamp, live)
    return CaseCatalogue(token, stamps, cards)
