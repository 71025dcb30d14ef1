"""Invented practice charts, as long as real ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random

from directory.models import Organisation
from platform_site.home.management.scale.words import bullets, paragraph, place, some, sometimes
from platform_site.vocabulary.store import vocabulary
from practices.models import FundingShare, PracticeChart, PracticeOrganisation, PracticeTerm, PracticeText

LISTS = (
    "practice_categories",
    "practice_typologies",
    "target_groups",
    "levels",
    "selection_principles",
    "funding_source_kinds",
)
NAMES = ("a way out", "first steps", "side by side", "open door", "night watch")
# As the database gives it back: what a revision holds is compared with what the service writes.
CENT = Decimal("0.01")
SHARES = ((100,), (80, 20), (60, 30, 10), (75,), (50, 25))


def charts(random: Random, organisations: Sequence[Organisation], first_number: int) -> Iterator[PracticeChart]:
    """Yield unsaved charts of saved organisations without end, numbered from `first_number`."""
    terms = {name: vocabulary(name).offered() for name in LISTS}
    number = first_number
    while True:
        yield _chart(random, number, organisations, terms)
        number += 1


def _chart(random: Random, number: int, organisations: Sequence[Organisation], terms: dict) -> PracticeChart:
    lead, *others = some(random, organisations, 1, 3)
    start = random.randint(1999, 2024)
    end = random.randint(start, 2025) if random.random() < 0.4 else None
    chart = PracticeChart(
        chart_no=number,
        country_id=lead.country_id,
        start=f"{start}-{random.randint(1, 12):02}",
        end=str(end) if end and end > start else "",
        contact_name=lead.name,
        contact_email=lead.office_email,
        assessed_by=random.choice(("", "own", "external")),
        source="Invented for measuring",
        audience=sometimes(random, 0.05, "members", "public"),
    )
    chosen = [
        some(random, terms["practice_categories"], 1, 2),
        some(random, terms["practice_typologies"], 1, 3),
        some(random, terms["target_groups"], 1, 4),
        some(random, terms["levels"], 1, 2),
        some(random, terms["selection_principles"], 0, 5),
    ]
    chart.terms = [PracticeTerm(term_id=term.id, sort_order=n) for found in chosen for n, term in enumerate(found)]
    chart.organisations = [
        PracticeOrganisation(organisation=row, sort_order=n) for n, row in enumerate([lead, *others])
    ]
    chart.funding = [
        FundingShare(
            source=f"{place(random)} {kind.label('en')}",
            source_kind_id=kind.id,
            share=sometimes(random, 0.7, Decimal(share).quantize(CENT), None),
            sort_order=n,
        )
        for n, (share, kind) in enumerate(
            (share, random.choice(terms["funding_source_kinds"])) for share in random.choice(SHARES)
        )
    ]
    chart.texts = [_text(random, start)]
    return chart


def _text(random: Random, start: int) -> PracticeText:
    return PracticeText(
        language="en",
        is_original=True,
        name=f"{place(random)}: {random.choice(NAMES)}",
        period=f"Since {start}",
        area=f"{place(random)} and the villages around it",
        background=f"{paragraph(random, 4, 7)}\n\n{paragraph(random, 3, 6)}",
        general_aim=sometimes(random, 0.5, paragraph(random, 1, 2), ""),
        objectives=bullets(random, 2, 5),
        activities=f"{paragraph(random, 3, 6)}\n\n{bullets(random, 3, 6)}",
        methods=bullets(random, 2, 5),
        tools=sometimes(random, 0.7, bullets(random, 1, 4), ""),
        monitoring=sometimes(random, 0.5, bullets(random, 1, 2), ""),
        resources_human=bullets(random, 1, 3),
        resources_in_kind=sometimes(random, 0.6, bullets(random, 1, 3), ""),
        results=paragraph(random, 4, 8),
        impact_short=sometimes(random, 0.3, paragraph(random, 1, 2), ""),
        strengths=bullets(random, 2, 4),
        innovation=sometimes(random, 0.7, bullets(random, 1, 3), ""),
        weaknesses=sometimes(random, 0.7, bullets(random, 1, 4), ""),
        transferability=paragraph(random, 2, 4),
        mainstreaming=sometimes(random, 0.4, paragraph(random, 2, 3), ""),
        references=sometimes(random, 0.2, bullets(random, 1, 2), ""),
    )
