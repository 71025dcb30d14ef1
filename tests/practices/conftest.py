"""Charts of all sorts, for lists and counts."""

from __future__ import annotations

import random

import pytest

from directory.models import Organisation
from practices.models import PracticeChart
from tests.factories import make_chart, make_organisation

SEED = 7
COUNTRIES = ["IT", "RO", "FR", "XK", "GE"]
TYPOLOGIES = [
    "awareness_public", "training_key_actors", "first_protection", "identification_referral", "ngo_networking",
]  # fmt: skip
TARGETS = ["victims", "women_victims", "victims_labour", "potential_victims", "law_enforcement", "social_workers"]
LEVELS = ["local", "national", "transnational"]
FUNDING = ["public_national", "european_union", "foundation"]


@pytest.fixture
def organisations(db: None) -> list[Organisation]:
    """Four organisations: three for everybody, the last for members."""
    return [*(make_organisation() for _number in range(3)), make_organisation(audience="members")]


@pytest.fixture
def charts(organisations: list[Organisation]) -> list[PracticeChart]:
    """Two dozen charts with features drawn by lot (the same on every run), some for members, some for staff."""
    lot = random.Random(SEED)

    def some(values: list[str], fewest: int, most: int) -> list[str]:
        return lot.sample(values, lot.randint(fewest, most))

    made = []
    for number in range(24):
        start = lot.randint(1985, 2022)
        ended = lot.random() < 0.4
        language = lot.choice(["en", "fr"])
        other = "de" if lot.random() < 0.3 else ""
        made.append(
            make_chart(
                chart_no=number + 1,
                name=f"{lot.choice('abcdefgh')} practice {number}",
                country=lot.choice(COUNTRIES),
                countries=some(COUNTRIES, 0, 2),
                categories="".join(some(list("ABCD"), 1, 2)),
                typologies=tuple(some(TYPOLOGIES, 1, 2)),
                targets=tuple(some(TARGETS, 1, 3)),
                levels=tuple(some(LEVELS, 1, 2)),
                start=str(start),
                end=str(lot.randint(start, 2024)) if ended and start <= 2024 else "",
                language=language,
                translations={other: {"name": f"Praxis {number}"}} if other else None,
                organisations=lot.sample(organisations, lot.randint(1, 2)),
                funding=[(f"Source {kind}", kind, None) for kind in some(FUNDING, 0, 2)],
                audience=lot.choice(["public", "public", "public", "members", "staff"]),
                as_of=(None, 2012, 2019, None)[number % 4],
            )
        )
    return made
