"""Case studies in lists: what tells one from another where they have the same title, and what each is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from platform_site.vocabulary.store import vocabulary
from practices.cases.access import cases_of, kept_by_reader, shown_teller
from practices.cases.catalogue import CaseCard, case_catalogue
from practices.cases.template import GROUP_BY_KEY

# Of obstacles and of what helped a row names so many; the page has all.
SHOWN_THEMES = 2


def listed_title(card: CaseCard, user: Any) -> str:
    """Return the title of a case study in a list for `user`; what tells it from others of that title beside it.

    That is the organisation, where each of them has another one, else the countries, else the number. Only what the
    reader may see counts.
    """
    beside = _beside(user).get(card.pk, "")
    return _("%(title)s (%(beside)s)") % {"title": card.title, "beside": beside} if beside else card.title


@kept_by_reader
def _beside(user: Any) -> dict[int, str]:
    """Return what stands beside the titles that several case studies share, by primary key."""
    sharing: dict[str, list[CaseCard]] = defaultdict(list)
    for card in cases_of(case_catalogue().cards, user):
        sharing[card.title].append(card)
    found: dict[int, str] = {}
    for cards in sharing.values():
        if len(cards) > 1:
            found.update(_told_apart(cards, user))
    return found


def _told_apart(cards: list[CaseCard], user: Any) -> dict[int, str]:
    countries = vocabulary("countries")
    tellers = {card.pk: (teller.display_name if (teller := shown_teller(card, user)) else "") for card in cards}
    places = {card.pk: ", ".join(countries.label(code) for code in card.countries) for card in cards}
    for words in (tellers, places):
        if all(words.values()) and len(set(words.values())) == len(cards):
            return words
    return {card.pk: _("Case %(number)s") % {"number": card.case_no} for card in cards}


def story_line(card: CaseCard) -> str:
    """Return in one line who the person is, the form of exploitation, what stood in the way and what helped."""
    person = _labels(card, ("gender", "age"))
    parts = [", ".join(person), ", ".join(_labels(card, ("exploitation",)))]
    if obstacles := _labels(card, ("obstacle",))[:SHOWN_THEMES]:
        parts.append(_("in the way: %(themes)s") % {"themes": _joined(obstacles)})
    if helped := _labels(card, ("helped_by",))[:SHOWN_THEMES]:
        parts.append(_("what helped: %(themes)s") % {"themes": _joined(helped)})
    return " · ".join(part for part in parts if part)


def _joined(labels: Iterable[str]) -> str:
    return "; ".join(labels)


def _labels(card: CaseCard, keys: Iterable[str]) -> list[str]:
    """Return the labels of what was ticked or found in these groups."""
    groups = [GROUP_BY_KEY[key] for key in keys]
    return [group.options.label(group.code_of(code)) for group in groups for code in card.codes.get(group.key, ())]
