"""Which organisations answer a case, and why: those that state all of it, those that do not say, the nearest ones.

All of it are sets of the list's own index, so a condition holds on the same service as in the list. Several services
are asked together: an organisation has to give each of them. What is dropped for the nearest ones goes from the least
important on, and never the country or the service before those who have both are through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, reduce
from operator import and_
from typing import Any, Literal

from directory.filters import BY_NAME, ORGANISATIONS
from directory.situation.lexicon import rows_of
from directory.situation.reading import BEFORE_THE_JOURNEY, Reading
from platform_site.listing.index import FacetIndex
from platform_site.vocabulary.store import vocabulary

Match = Literal["stated", "not_stated", "near"]
Chosen = Mapping[str, frozenset[str]]
STATED: Match = "stated"
NOT_STATED: Match = "not_stated"
NEAR: Match = "near"
# Conditions of a service from the least important one: who dropped any of them may still help.
LEAST_IMPORTANT = (
    "capacity",
    "cost",
    "mandate",
    "referral",
    "identification",
    "target",
    "exploitation",
    "language",
    "cooperation",
    "residence",
    "accommodation",
    "age",
    "gender",
    "region",
)
# So many of the nearest ones are named, and further ones only where there are fewer than a handful.
MOST_NEAR, HANDFUL = 20, 5


@dataclass(frozen=True)
class Wish:
    """What is asked, from a reading or from the address it led to.

    `chosen` is the choice of the list; `origin` one of its countries, where only what comes before a journey is needed;
    `also` are services that put those who give them first, `near` countries that do.
    """

    chosen: Chosen
    origin: str = ""
    also: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def services(self) -> tuple[str, ...]:
        """The services, in the order of their list."""
        asked = self.chosen.get("service", frozenset())
        return tuple(entry.code for entry in vocabulary("service_types") if entry.code in asked)

    @property
    def main_countries(self) -> frozenset[str]:
        """The countries of need without the one where a journey begins."""
        countries = self.chosen.get("country", frozenset())
        return countries - {self.origin} or countries

    def countries_of(self, service: str, *, on_the_way: bool = True) -> frozenset[str]:
        """Return where a service (its code, "" for any) helps; with `on_the_way` also before a journey."""
        if on_the_way and service in BEFORE_THE_JOURNEY:
            return self.chosen.get("country", frozenset())
        return self.main_countries


@dataclass(frozen=True)
class Ranked:
    """An organisation that answers: its primary key, how well, and what of the wish its answer leaves out.

    `dropped` are names of filters, `missing` codes of services; `elsewhere`: it works in another country.
    """

    pk: int
    match: Match
    dropped: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    elsewhere: bool = False


@dataclass
class _Search:
    index: FacetIndex
    visible: int
    wish: Wish
    taken: int = 0
    found: list[Ranked] = field(default_factory=list)

    def of_service(self, service: str, conditions: Chosen, *, on_the_way: bool = False) -> tuple[int, int]:
        """Return who gives a service under `conditions`: those who state all, and those who leave some open."""
        chosen = {**conditions, "country": self.wish.countries_of(service, on_the_way=on_the_way)}
        if service:
            chosen["service"] = frozenset({service})
        outcome = self.index.evaluate({name: values for name, values in chosen.items() if values}, self.visible)
        return outcome.matches, outcome.not_stated

    def add(self, mask: int, match: Match, **left_out: Any) -> None:
        """Take the organisations of `mask` that were not taken yet, the best ones first."""
        mask &= ~self.taken
        room = mask.bit_count()
        if match == NEAR:
            room = MOST_NEAR - sum(ranked.match == NEAR for ranked in self.found)
        for pk in self.in_order(mask)[: max(room, 0)]:
            self.found.append(Ranked(pk, match, **left_out))
        self.taken |= mask

    def in_order(self, mask: int) -> list[int]:
        """Return primary keys: who helps where the way leads, who gives what the case suggests, then as the list."""
        order = self.index.in_order(mask, "best")
        main = {"country": self.wish.main_countries} if self.wish.main_countries else {}
        firsts = [{**main, "service": frozenset({service})} for service in (*self.wish.services, *self.wish.also)]
        firsts += [{"country": frozenset(self.wish.near)}] if self.wish.near else []
        points: dict[int, int] = dict.fromkeys(order, 0)
        for chosen in firsts:
            for pk in self.index.in_order(self.index.evaluate(chosen, mask).matches, "best"):
                points[pk] += 1
        return sorted(order, key=lambda pk: -points[pk])


def wish_of(reading: Reading) -> Wish:
    """Return what a reading asks for."""
    chosen = {name: frozenset(codes) for name, codes in reading.filters.items()}
    origin = reading.origin if reading.origin in chosen.get("country", frozenset()) else ""
    return Wish(chosen, origin, reading.also, reading.suggested)


def ranked(wish: Wish, user: Any) -> list[Ranked]:
    """Return the organisations that `user` may read and that answer, best first; [] for a wish for nothing."""
    if not any(wish.chosen.values()):
        return []
    index = ORGANISATIONS.index()
    own = {name: values for name, values in wish.chosen.items() if BY_NAME[name].scope == "record"}
    search = _Search(index, index.evaluate(own, ORGANISATIONS.visible(user)).matches, wish)
    services = wish.services or ("",)
    conditions = {
        name: values
        for name, values in wish.chosen.items()
        if name not in ("country", "service") and BY_NAME[name].scope == "row" and values
    }
    _full(search, services, conditions)
    _partial(search, services, conditions)
    if wish.services:
        _wider(search)
    return search.found


def _all(masks: Iterable[int], everything: int) -> int:
    return reduce(and_, masks, everything)


def _full(search: _Search, services: Sequence[str], conditions: Chosen) -> None:
    """Add those who give all services: all conditions stated, then open, then with conditions dropped."""
    answers = [search.of_service(service, conditions) for service in services]
    search.add(_all((stated for stated, _open in answers), search.visible), STATED)
    search.add(_all((stated | may for stated, may in answers), search.visible), NOT_STATED)
    for kept, dropped in _relaxed(conditions):
        answers = [search.of_service(service, kept) for service in services]
        search.add(_all((stated | may for stated, may in answers), search.visible), NEAR, dropped=dropped)
    if search.wish.origin:
        # What comes before a journey can be given where it begins: near, since it is not where it leads.
        answers = [search.of_service(service, {}, on_the_way=True) for service in services]
        search.add(_all((stated | may for stated, may in answers), search.visible), NEAR, dropped=tuple(conditions))


def _relaxed(conditions: Chosen) -> Iterator[tuple[Chosen, tuple[str, ...]]]:
    """Yield the conditions with ever more of them dropped, and which: one alone first, then all less important ones."""
    names = sorted(conditions, key=_importance)
    steps = [(name,) for name in names] + [tuple(names[:count]) for count in range(2, len(names) + 1)]
    for dropped in steps:
        yield {name: values for name, values in conditions.items() if name not in dropped}, dropped


def _importance(name: str) -> int:
    return LEAST_IMPORTANT.index(name) if name in LEAST_IMPORTANT else len(LEAST_IMPORTANT)


def _partial(search: _Search, services: Sequence[str], conditions: Chosen) -> None:
    """Add those who give some of several services: who gives more of them first, conditions kept before dropped."""
    if len(services) < 2:
        return
    for kept, dropped in ((conditions, ()), ({}, tuple(conditions))):
        offers = {service: stated | may for service in services for stated, may in [search.of_service(service, kept)]}
        groups: dict[tuple[str, ...], int] = {}
        for given in _combinations(offers, search.visible & ~search.taken):
            groups[given[0]] = given[1]
        for given_services in sorted(groups, key=lambda group: (-len(group), [services.index(one) for one in group])):
            missing = tuple(service for service in services if service not in given_services)
            search.add(groups[given_services], NEAR, dropped=dropped, missing=missing)


def _combinations(offers: Mapping[str, int], mask: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield each combination of services that any organisation of `mask` gives, with those who give just these."""
    parts: dict[tuple[str, ...], int] = {(): mask}
    for service, offering in offers.items():
        split: dict[tuple[str, ...], int] = {}
        for given, members in parts.items():
            if members & offering:
                split[*given, service] = members & offering
            if members & ~offering:
                split[given] = members & ~offering
        parts = split
    yield from ((given, members) for given, members in parts.items() if given)


def _wider(search: _Search) -> None:
    """Add who gives something near to the services in the country, and where these are few the services elsewhere."""
    wish, known = search.wish, vocabulary("service_types")
    groups = frozenset(code for service in wish.services for code in known.with_ancestors(service)[1:])
    countries = wish.chosen.get("country", frozenset())
    asked = frozenset(wish.services)
    nearest = frozenset(code for service in wish.services for code in _nearest().get(service, ()))
    for instead in (nearest, groups):
        if instead and countries:
            mask = search.index.evaluate({"country": countries, "service": instead}, search.visible).matches
            search.add(mask, NEAR, missing=wish.services)
    if len(search.found) < HANDFUL and countries:
        elsewhere = search.index.evaluate({"service": asked}, search.visible).matches
        search.add(elsewhere, NEAR, elsewhere=True)


@cache
def _nearest() -> dict[str, tuple[str, ...]]:
    """Return the services that come nearest to each, by their codes."""
    return {row["code"]: tuple(row["nearest"].split(";")) for row in rows_of("nearest")}
