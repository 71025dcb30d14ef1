"""What pages ask about charts (those like one, the trail of adaptations, the newest, figures) and case studies."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from platform_site.texts.models import text_saying
from platform_site.vocabulary.store import vocabulary
from practices.access import cards_of, visible_cards
from practices.cases import related as cases_elsewhere
from practices.cases.access import visible_cases
from practices.cases.catalogue import CaseCard
from practices.cases.rows import listed_title
from practices.cases.template import QUESTIONS, Question
from practices.catalogue import Card, catalogue
from practices.filters import PRACTICES
from practices.years import period_words

# What two charts may share, and how much it says: the type of work most, the wide category least.
ALIKE = (("practice_typologies", 3), ("target_groups", 2), ("practice_categories", 1))
MOST_ALIKE = 4


@dataclass(frozen=True)
class Alike:
    """A chart like another one, and what both share, as labels in the active language."""

    card: Card
    shared: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One step of a trail: a chart, and what was changed when it was made from the one before ("" if not told)."""

    card: Card
    changed: str = ""
    language: str = ""


@dataclass(frozen=True)
class Trail:
    """Where a practice comes from (the nearest first) and what was made from it."""

    origins: tuple[Card, ...]
    changed: str
    changed_language: str
    adaptations: tuple[Step, ...]

    def __bool__(self) -> bool:
        return bool(self.origins or self.adaptations)


def alike(chart: Any, user: Any) -> list[Alike]:
    """Return the charts that `user` may read and that share most with `chart`, best first, and what they share.

    A chart that only shares the category is too far away to be named.
    """
    own = [(name, code, weight) for name, weight in ALIKE for code in chart.codes(name)]
    kept = catalogue()
    scores: Counter[int] = Counter()
    near: set[int] = set()
    for name, code, weight in own:
        for pk in kept.by_term.get((name, code), ()):
            scores[pk] += weight
            if name != "practice_categories":
                near.add(pk)
    near.discard(chart.pk)
    ranked = sorted(near, key=lambda pk: (-scores[pk], kept.cards[pk].chart_no))
    return [
        Alike(
            card, tuple(vocabulary(name).label(code) for name, code, _weight in own if code in card.codes.get(name, ()))
        )
        for card in cards_of(ranked, user)[:MOST_ALIKE]
    ]


def trail(chart: Any, user: Any) -> Trail:
    """Return where `chart` comes from and what was made from it, as far as `user` may read it."""
    origins: list[Card] = []
    above = chart.adapted_from_id
    while above is not None and above not in {card.pk for card in origins}:
        card = next(iter(cards_of([above], user)), None)
        if card is None:
            break
        origins.append(card)
        above = card.adapted_from
    text = chart.text_saying("adaptation_note")
    made = cards_of(catalogue().adaptations.get(chart.pk, ()), user)
    return Trail(
        origins=tuple(origins),
        changed=text.adaptation_note if text and origins else "",
        changed_language=text.language if text and origins else "",
        adaptations=tuple(_steps(made)),
    )


def _steps(cards: Sequence[Card]) -> list[Step]:
    if not cards:
        return []
    from practices.models import PracticeText

    rows: dict[int, list[Any]] = {}
    fields = ("record_id", "language", "is_original", "adaptation_note")
    for row in PracticeText.objects.filter(record__in=[card.pk for card in cards]).only(*fields).order_by("pk"):
        rows.setdefault(row.record_id, []).append(row)
    steps = []
    for card in cards:
        text = text_saying(rows.get(card.pk, []), "adaptation_note")
        steps.append(Step(card, text.adaptation_note if text else "", text.language if text else ""))
    return steps


def newest_charts(user: Any, *, limit: int = 4) -> list[Card]:
    """Return the charts that `user` may read and that began last."""
    index = PRACTICES.index()
    return cards_of(index.in_order(PRACTICES.visible(user), "newest")[:limit], user)


def charts_of_category(code: str, user: Any) -> list[Card]:
    """Return the charts of a category that `user` may read, by number."""
    return cards_of(catalogue().by_term.get(("practice_categories", code), ()), user)


def facts_line(card: Card, organisations: Sequence[Any]) -> str:
    """Return the line under a chart's name: who, since when, which category."""
    who = names_line(organisations)
    return " · ".join(
        part for part in (who, period_words(card.start, card.end, card.data_year), category_words(card)) if part
    )


def names_line(organisations: Sequence[Any]) -> str:
    """Return the names of the first two organisations, and that there are more."""
    names = [organisation.display_name for organisation in organisations]
    return ", ".join(names[:2]) + (_(" and others") if len(names) > 2 else "")


def category_words(card: Card) -> str:
    """Return the letters of the categories ("category B, C")."""
    letters = ", ".join(card.codes.get("practice_categories", ()))
    return _("category %(letters)s") % {"letters": letters} if letters else ""


def chart_count(user: Any) -> int:
    """Return how many charts `user` may read."""
    return PRACTICES.visible(user).bit_count()


def charts_changed_on(user: Any) -> dt.date | None:
    """Return the day on which a chart that `user` may read changed last; None where there is none."""
    return PRACTICES.last_change(user)


def chart_country_count(user: Any) -> int:
    """Return in how many countries the charts that `user` may read take place."""
    return len({country for card in visible_cards(user) for country in card.countries if country})


def case_questions() -> tuple[Question, ...]:
    """Return the questions of the template of case studies, by number, each with what can be ticked beside it."""
    return QUESTIONS


def newest_cases(user: Any, *, limit: int = 4) -> list[CaseCard]:
    """Return the case studies that `user` may read and that came last: those with the highest numbers."""
    return visible_cases(user)[::-1][:limit]


def case_count(user: Any) -> int:
    """Return how many case studies `user` may read."""
    return cases_elsewhere.case_count(user)


def case_title(card: CaseCard, user: Any) -> str:
    """Return the title of a case study in a list (see `practices.cases.rows`)."""
    return listed_title(card, user)


def case_facts_line(card: CaseCard, user: Any) -> str:
    """Return the line under the title of a case study: number, who tells it, the countries involved."""
    return cases_elsewhere.facts_line(card, user)
