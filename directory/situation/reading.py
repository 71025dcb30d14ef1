"""What a line says about a case, as codes of the directory's filters. Read in memory, kept and logged nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils import timezone

from directory.situation.lexicon import marked, rows_of
from directory.situation.needs import Need, needs_in, own_negators
from directory.situation.negation import Taken, in_clauses, taken_back
from directory.situation.people import People, people_in
from directory.situation.places import Countries, countries_in
from directory.situation.sentence import Sentence, parse
from directory.situation.times import When, number_places, when
from directory.situation.tongues import Tongues, tongues_in
from platform_site.vocabulary.store import vocabulary
from search.analysis import is_stop_word

RETURN_SERVICE = "assisted_return"
# Services that are given where the person is, before a journey, as well as where it leads.
BEFORE_THE_JOURNEY = frozenset(
    {
        "assisted_return",
        "documents",
        "legal_information",
        "pre_departure_information",
        "risk_assessment",
        "transit_accommodation",
        "travel_arrangements",
    }
)
# Accommodation of any kind, and what says for whom: beside the first the second puts first, and shuts nobody out.
_SHELTERING = frozenset({"accommodation", "shelter", "crisis_accommodation", "transit_accommodation"})
_FOR_WHOM = ("accommodation_with_children", "accommodation_minors", "accommodation_men")
_OF_FAMILIES = frozenset({"family_tracing", "family_mediation"})


@dataclass(frozen=True)
class Understood:
    """A part of the text (from character `start` to before `end`) and the filter that it became; negated: taken out."""

    start: int
    end: int
    facet: str
    code: str
    negated: bool = False


@dataclass(frozen=True)
class Reading:
    """What was read.

    `filters`: facet to codes, in the order of importance. `origin`: the country where the person is before a journey
    to the (first) country of need. `also`: services that the case suggests without asking for them. `within`: days.
    `suggested`: countries of a nationality, where no country of need is said: who works there comes first.
    `not_understood`: words of the text.
    """

    language: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    origin: str = ""
    is_return: bool = False
    also: tuple[str, ...] = ()
    within: int | None = None
    suggested: tuple[str, ...] = ()
    understood: tuple[Understood, ...] = ()
    not_understood: tuple[str, ...] = ()
    negated: tuple[tuple[str, str], ...] = ()


def read(text: str, language: str, *, today: dt.date | None = None) -> Reading:
    """Return what `text` says; `language` is the reader's, believed unless the words are clearly of another one.

    Of very long texts only the beginning is read. Never raises for any text.
    """
    sentence = in_clauses(parse(text, language))
    taken = taken_back(sentence, own_negators(sentence))
    time = when(sentence, today or timezone.localdate())
    tongues = tongues_in(sentence, taken)
    needs = needs_in(sentence, taken)
    countries = countries_in(sentence, taken, tongues.places)
    needs = [need for need in needs if not _is_held(sentence, need, countries)]
    if not countries.needed and not _is_abroad(needs):
        # Who looks for a counterpart knows the own country: the only one that is named is the other one.
        countries = replace(countries, needed=countries.nationalities, nationalities=())
    services = _services(needs)
    family = frozenset().union(*(need.places for need in needs if need.code in _OF_FAMILIES))
    women = frozenset(place for mention in countries.mentions if mention.is_female for place in mention.places)
    people = people_in(sentence, family & _kin(sentence), women, ages_taken=time.places)
    also = _also(services, countries, people)
    if not services and also:
        services, also = also, ()
    filters = _filters(needs, services, countries, people, tongues)
    return Reading(
        language=sentence.language,
        filters=filters,
        origin=countries.origin,
        is_return=countries.is_return,
        also=also,
        within=time.days,
        suggested=() if countries.needed else countries.nationalities,
        understood=tuple(_spans(sentence, needs, countries, tongues)),
        not_understood=_left_over(sentence, taken, needs, countries, people, tongues, time),
        negated=tuple(dict.fromkeys((need.facet, need.code) for need in needs if need.negated)),
    )


def _is_held(sentence: Sentence, need: Need, countries: Countries) -> bool:
    """Say whether a paper is only named to say of which country somebody is: "Bulgarian passport"."""
    peoples = {mention.places[-1] for mention in countries.mentions if mention.role == "owner"}
    if need.code != "documents" or len(need.places) > 1 or need.only_lacked:
        return False
    place = min(need.places)
    return place - 1 in peoples and not marked(sentence, "need") & set(sentence.clause_of(place))


def _is_abroad(needs: Iterable[Need]) -> bool:
    """Say whether the person has trouble with the right to stay: then help is not needed in the own country."""
    return any((need.facet, need.code) in {("residence", "any"), ("service", "residence_support")} for need in needs)


def _kin(sentence: Sentence) -> frozenset[int]:
    """Return the places of words for relatives: in "find her mother" they are not the person in need."""
    return marked(sentence, "kin")


def _services(needs: Iterable[Need]) -> tuple[str, ...]:
    """Return the services asked for: none that is taken back anywhere, and no group beside one of its services."""
    of_services = [need for need in needs if need.facet == "service"]
    known = vocabulary("service_types")
    out: set[str] = set().union(*(known.with_descendants(need.code) for need in of_services if need.negated))
    asked = list(dict.fromkeys(need.code for need in of_services if not need.negated and need.code not in out))
    groups = {above for code in asked for above in known.with_ancestors(code)[1:]}
    groups |= set(_FOR_WHOM) if _SHELTERING & set(asked) - set(_FOR_WHOM) else set()
    return tuple(code for code in asked if code not in groups)


def _also(services: tuple[str, ...], countries: Countries, people: People) -> tuple[str, ...]:
    """Return the services that the case suggests: they put those who give them first, and shut nobody out."""
    found = []
    if countries.is_return:
        found.append(RETURN_SERVICE)
    if people.is_pregnant:
        found.append("pregnancy_support")
    if _SHELTERING & set(services):
        if people.with_children:
            found.append("accommodation_with_children")
        if people.ages == ("minor",):
            found.append("accommodation_minors")
        if people.genders == ("male",) and people.ages != ("minor",):
            found.append("accommodation_men")
    return tuple(code for code in found if code not in services and code in vocabulary("service_types"))


def _filters(
    needs: Iterable[Need], services: tuple[str, ...], countries: Countries, people: People, tongues: Tongues
) -> dict[str, tuple[str, ...]]:
    filters: dict[str, list[str]] = {"country": list(countries.needed), "service": list(services)}
    if countries.origin and BEFORE_THE_JOURNEY & set(services):
        filters["country"].append(countries.origin)
    negated = {(need.facet, need.code) for need in needs if need.negated}
    papers = frozenset().union(*(need.places for need in needs if need.only_lacked))
    for need in needs:
        if need.facet == "service" or need.negated or (need.facet, need.code) in negated:
            continue
        if (need.facet, need.code) == ("residence", "any") and countries.is_journey and need.places & papers:
            # Who travels without papers needs papers, not somebody who asks for none.
            continue
        filters.setdefault(need.facet, []).append(need.code)
    filters["gender"], filters["age"] = list(people.genders), list(people.ages)
    filters["language"] = list(tongues.spoken)
    if not countries.is_journey and "residence" in filters and len(services) > 1:
        papers_only = {need.code for need in needs if need.only_lacked}
        filters["service"] = [code for code in services if code not in papers_only]
    return {name: tuple(dict.fromkeys(codes)) for name, codes in filters.items() if codes}


def _spans(sentence: Sentence, needs: Iterable[Need], countries: Countries, tongues: Tongues) -> list[Understood]:
    """Return the parts of the text that became filters, in their order."""
    words = sentence.words

    def part(places: Iterable[int], facet: str, code: str, *, negated: bool = False) -> Understood:
        held = sorted(places)
        return Understood(words[held[0]].start, words[held[-1]].end, facet, code, negated)

    found = [part(need.places, need.facet, need.code, negated=need.negated) for need in needs]
    found += [part(mention.places, "country", mention.code, negated=mention.negated) for mention in countries.mentions]
    found += [part([place], "language", "") for place in tongues.places]
    return sorted(found, key=lambda one: (one.start, one.end, one.facet, one.code))


def _left_over(
    sentence: Sentence,
    taken: Taken,
    needs: Iterable[Need],
    countries: Countries,
    people: People,
    tongues: Tongues,
    time: When,
) -> tuple[str, ...]:
    """Return the words that mean something and were not understood, as they are written, each once."""
    language = sentence.language
    known = people.places | tongues.places | time.places | number_places(sentence)
    known = known.union(*(need.places for need in needs), *(mention.places for mention in countries.mentions))
    for name in ("grammar", "people", "times"):
        known |= frozenset().union(*(marked(sentence, code, name) for code in _codes_of(name)))
    left = {
        word.folded: sentence.text[word.start : word.end]
        for place, word in enumerate(sentence.words)
        if place not in known and len(word.folded) > 1 and not is_stop_word(word.folded, (language,))
    }
    return tuple(left.values())


def _codes_of(name: str) -> list[str]:
    return list(dict.fromkeys(row["code"] for row in rows_of(name)))
