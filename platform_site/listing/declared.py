"""A declared list: which records, which facets, which orders, and how a state of it is answered."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Max
from django.utils import timezone

from platform_site.accounts.principals import principals_of
from platform_site.listing.facets import Facet, Option
from platform_site.listing.index import FacetIndex, IndexedRecord, Outcome
from platform_site.listing.state import ListState
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import vocabulary

MOST_READERS = 64
# Above this many changed records, reading all of them is cheaper than picking them out.
MOST_CHANGES = 200
Stamps = Mapping[int, Hashable]


@dataclass(frozen=True)
class Section:
    """A part of the results under a heading of its own; the heading of the first part may be empty."""

    key: str
    heading: Any
    total: int


@dataclass(frozen=True)
class Results:
    """The answer to a state: primary keys in order, in sections, with totals and counts."""

    state: ListState
    outcome: Outcome
    counts: dict[str, dict[str, int]]
    sections: list[Section]
    pks: list[int] = field(repr=False)
    total: int = 0
    not_stated_total: int = 0
    everything: int = 0
    # The set of records that the counts are computed in: what the reader may see, and the words find.
    scope: int = field(default=0, repr=False)
    visible: int = field(default=0, repr=False)

    def section_of(self, number: int) -> Section:
        """Return the section in which the result with this number (from 0) stands."""
        for section in self.sections:
            if number < section.total:
                return section
            number -= section.total
        raise IndexError(number)


def stamps_of(published: Any) -> Stamps:
    """Return the stamp of each record of the queryset by primary key: another one after each save."""
    return dict(published.values_list("pk", "stamp"))


@dataclass
class _Kept:
    token: tuple[str, ...]
    # What all records depend on: when it changes, none of them can be kept.
    ground: tuple[str, ...]
    stamps: Stamps
    index: FacetIndex
    visible: dict[frozenset[str], int] = field(default_factory=dict)
    counts: dict[frozenset[str], dict[str, dict[str, int]]] = field(default_factory=dict)
    changed: dict[frozenset[str], dt.date | None] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Listing:
    """The declaration of a list.

    `queryset` gives the model's base queryset (with `published` and `visible_to`), `load` turns the published records
    into what the index needs; `facets` narrow, `sorts` (name to label, the first is the default) order; `versions`
    are the data that the index depends on, `stamps` says of each record whether it is still the one that was loaded;
    `by_label` names the orders by a term and its list: an order's value is then (code, rest), and the terms stand by
    their names in the reader's language;
    `lower` parts the matches: facet name and values of those that stand under a heading of their own, below the
    others; `ranked` finds primary keys for words.
    """

    name: str
    queryset: Callable[[], Any]
    load: Callable[[Any], Iterable[IndexedRecord]]
    facets: Sequence[Facet]
    sorts: dict[str, Any]
    versions: Sequence[str]
    stamps: Callable[[Any], Stamps] = stamps_of
    ranked: Callable[[str, Any], Iterable[int]] | None = None
    by_label: Mapping[str, str] = field(default_factory=dict)
    lower: tuple[str, frozenset[str], Any] | None = None
    not_stated_heading: Any = ""
    _lock: Any = field(default_factory=threading.Lock, repr=False)
    _kept: list[_Kept] = field(default_factory=list, repr=False)

    def offering(self, options: Mapping[str, Callable[[], Sequence[Option]]]) -> Listing:
        """Return the same list (same index) in which some facets, by name, offer other options."""
        facets = [replace(facet, options=options.get(facet.name, facet.options)) for facet in self.facets]
        return replace(self, facets=facets)

    def token(self) -> tuple[str, ...]:
        """Return what names the state of the data: whoever keeps something computed keeps it by this and the reader."""
        return (*(versions.current(name) for name in self.versions), *self.ground())

    def ground(self) -> tuple[str, ...]:
        """Return what names the state of what all records depend on: the terms, and the day."""
        # Freshness changes with the calendar, without any change of the data.
        return (versions.current("vocabulary"), timezone.localdate().isoformat())

    def stamp(self, pk: int) -> Hashable:
        """Return the stamp of a published record: what was computed from it alone is true as long as it stays."""
        return self._current().stamps.get(pk)

    def _current(self) -> _Kept:
        token = self.token()
        kept = self._kept[0] if self._kept else None
        if kept is None or kept.token != token:
            with self._lock:
                kept = self._kept[0] if self._kept else None
                if kept is None or kept.token != token:
                    kept = self._renewed(kept, token)
                    self._kept[:] = [kept]
        return kept

    def _renewed(self, old: _Kept | None, token: tuple[str, ...]) -> _Kept:
        """Return the index of the data as they are now; only the records that changed are read again."""
        published, ground = self.queryset().published(), self.ground()
        # Read before the records: what changes between the two is then read once too often, never missed.
        stamps = self.stamps(published)
        if old is not None and old.ground == ground and not old.index.is_sparse:
            changed = [pk for pk, stamp in stamps.items() if old.stamps.get(pk) != stamp]
            if len(changed) <= MOST_CHANGES:
                changes: dict[int, IndexedRecord | None] = dict.fromkeys(pk for pk in old.stamps if pk not in stamps)
                changes |= dict.fromkeys(changed)
                changes |= {record.pk: record for record in self.load(published.filter(pk__in=changed))}
                return _Kept(token, ground, stamps, old.index.with_changes(changes))
        return _Kept(token, ground, stamps, FacetIndex(self.facets, self.load(published)))

    def index(self) -> FacetIndex:
        """Return the index of all published records, made anew when the data changed (kept per process)."""
        return self._current().index

    def visible(self, user: Any) -> int:
        """Return the set of records that `user` may read, from `visible_to`; kept by what the reader may see."""
        kept = self._current()
        principals = principals_of(user)
        mask = kept.visible.get(principals)
        if mask is None:
            mask = kept.index.mask_of(self.queryset().visible_to(user).values_list("pk", flat=True))
            if len(kept.visible) >= MOST_READERS:
                kept.visible.clear()
            kept.visible[principals] = mask
        return mask

    def counts(self, user: Any) -> dict[str, dict[str, int]]:
        """Return, for each facet and value, how many records `user` may read have it; kept like `visible`."""
        kept = self._current()
        principals = principals_of(user)
        found = kept.counts.get(principals)
        if found is None:
            found = kept.index.counts({}, self.visible(user))
            if len(kept.counts) >= MOST_READERS:
                kept.counts.clear()
            kept.counts[principals] = found
        return found

    def last_change(self, user: Any) -> dt.date | None:
        """Return the day on which a record that `user` may read was last published, None without any; kept alike."""
        kept = self._current()
        principals = principals_of(user)
        if principals not in kept.changed:
            newest = self.queryset().visible_to(user).aggregate(newest=Max("last_published_at"))["newest"]
            if len(kept.changed) >= MOST_READERS:
                kept.changed.clear()
            kept.changed[principals] = timezone.localdate(newest) if newest else None
        return kept.changed[principals]

    def results(self, state: ListState, user: Any) -> Results:
        """Return the answer to `state` for `user`: everything in it is computed from what the user may read."""
        index, visible = self.index(), self.visible(user)
        ranks: dict[int, int] = {}
        scope = visible
        if state.words and self.ranked is not None:
            ranks = {pk: number for number, pk in enumerate(self.ranked(state.words, user))}
            scope = visible & index.mask_of(ranks)
        outcome = index.evaluate(state.chosen, scope)
        parts = [("matches", "", outcome.matches)]
        if self.lower is not None:
            name, values, heading = self.lower
            low = outcome.matches & index.mask_with(name, values)
            parts = [("matches", "", outcome.matches & ~low), ("lower", heading, low)]
        parts.append(("not_stated", self.not_stated_heading, outcome.not_stated))
        pks: list[int] = []
        sections = []
        for key, heading, mask in parts:
            found = self._in_order(index, mask, state.sort or next(iter(self.sorts)))
            if ranks and not state.sort:
                found.sort(key=ranks.__getitem__)
            if found:
                sections.append(Section(key, heading, len(found)))
                pks.extend(found)
        return Results(
            state=state,
            outcome=outcome,
            counts=index.counts(state.chosen, scope) if state.chosen or state.words else self.counts(user),
            sections=sections,
            pks=pks,
            total=outcome.matches.bit_count(),
            not_stated_total=outcome.not_stated.bit_count(),
            everything=visible.bit_count(),
            scope=scope,
            visible=visible,
        )

    def _in_order(self, index: FacetIndex, mask: int, order: str) -> list[int]:
        found = index.in_order(mask, order)
        if order in self.by_label:
            terms = vocabulary(self.by_label[order])
            codes = {pk: index.sort_value(pk, order)[0] for pk in found}
            names = {code: sort_text(terms.label(code)) for code in set(codes.values())}
            found.sort(key=lambda pk: names[codes[pk]])
        return found

    def total(self, chosen: Mapping[str, frozenset[str]], user: Any) -> int:
        """Return how many records that `user` may read fit `chosen` (facet name to values), whatever the words."""
        return self.index().evaluate(chosen, self.visible(user)).matches.bit_count()
