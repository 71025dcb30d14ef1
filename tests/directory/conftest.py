"""Organisations of all sorts, for lists and counts."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from directory.models import Organisation, Service
from tests.factories import make_network, make_organisation, make_service

SEED = 11
COUNTRIES = ["IT", "RO", "XK", "NG"]
SERVICES = ["shelter", "supported_flat", "housing_search", "legal_aid", "airport_reception", "hotline"]
TARGETS = ["victims", "women_victims", "child_victims", "at_risk", "migrant_workers"]
EXPLOITATION = ["sexual_exploitation", "forced_prostitution", "labour_exploitation"]
LANGUAGES = ["it", "ro", "en"]
KINDS = ["ngo", "public_authority"]
MEMBERSHIPS = ["", "member", "listed", "suspended"]
AGES_IN_DAYS = [None, 10, 200, 290, 500]


def some(lot: random.Random, values: list[str], most: int = 2) -> list[str]:
    """Return up to `most` of `values`, often none: much is not said in real entries."""
    return lot.sample(values, lot.choice([0, 0, *range(1, most + 1)]))


def random_service(lot: random.Random) -> Service:
    """Return a service drawn by lot."""
    kind = lot.choice(SERVICES)
    return make_service(
        kind,
        accommodation="" if kind != "legal_aid" else lot.choice(["", "", "yes", "no"]),
        countries=some(lot, COUNTRIES),
        target_groups=some(lot, TARGETS),
        exploitation_types=some(lot, EXPLOITATION),
        genders=some(lot, ["female", "male"]),
        ages=some(lot, ["adult", "minor"]),
        languages=some(lot, LANGUAGES),
        cost=lot.choice(["", "free", "paid"]),
        referral_needed=lot.choice(["", "yes", "no"]),
        residence_status=lot.choice(["", "any", "regular"]),
        cooperation_required=lot.choice(["", "", "no"]),
        identification_required=lot.choice(["", "yes"]),
        official_mandate=lot.choice(["", "no"]),
        **lot.choice([{}, {"capacity_state": "open", "capacity_as_of": timezone.localdate()}]),
    )


@pytest.fixture
def organisations(db: None) -> list[Organisation]:
    """Two dozen organisations drawn by lot (the same on every run); some for members, some for staff."""
    lot = random.Random(SEED)
    today = timezone.localdate()
    made = []
    for number in range(24):
        age = lot.choice(AGES_IN_DAYS)
        made.append(
            make_organisation(
                name=f"{lot.choice('ABCDÉ')} house {number}",
                slug=f"house-{number}",
                country=lot.choice(COUNTRIES[:3]),
                kind=lot.choice(KINDS),
                membership=lot.choice(MEMBERSHIPS),
                countries=some(lot, COUNTRIES),
                services=[random_service(lot) for _number in range(lot.choice([0, 1, 2, 3, 5]))],
                confirmed_on=None if age is None else today - timedelta(days=age),
                imported_on=today - timedelta(days=lot.choice([20, 700])),
                audience=lot.choice(["public", "public", "public", "members", "staff"]),
            )
        )
    make_network("Open Table", lot.sample(made, 7))
    make_network("Closed Table", lot.sample(made, 7), audience="members")
    return made
