"""Invented case studies, as long as real ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random

from directory.models import Organisation
from platform_site.home.management.scale.words import bullets, paragraph, place, some, sometimes
from platform_site.vocabulary.store import Entry, vocabulary
from practices.models import CaseStep, CaseStudy, CaseTerm, CaseText, CaseTheme
from practices.selectors import case_questions

FIRST_CONSENT = dt.date(2015, 1, 1)


def cases(random: Random, organisations: Sequence[Organisation], first_number: int) -> Iterator[CaseStudy]:
    """Yield unsaved case studies of saved organisations without end, numbered from `first_number`."""
    countries = vocabulary("countries").offered()
    number = first_number
    while True:
        yield _case(random, number, random.choice(organisations), countries)
        number += 1


def _case(random: Random, number: int, organisation: Organisation, countries: Sequence[Entry]) -> CaseStudy:
    questions = case_questions()
    groups = [group for question in questions for group in question.groups]
    in_words = [question for question in questions if question.words]
    abroad = random.choice(countries)
    audience = sometimes(random, 0.1, "members", "public")
    case = CaseStudy(
        case_no=number,
        organisation=organisation,
        country_id=organisation.country_id,
        person_code=f"X-{number}",
        consent_kind=random.choice(("written", "oral", "guardian")),
        consent_scope=audience,
        consent_on=FIRST_CONSENT + dt.timedelta(days=random.randint(0, 3000)),
        source="Invented for measuring",
        audience=audience,
    )
    chosen = [[abroad], *(some(random, group.options.offered(), 1, 2) for group in groups if not group.is_theme)]
    case.terms = [CaseTerm(term_id=entry.id, sort_order=n) for found in chosen for n, entry in enumerate(found)]
    themes = [entry for group in groups if group.is_theme for entry in some(random, group.options.offered(), 1, 5)]
    keys = [question.key for question in in_words]
    case.themes = [
        CaseTheme(term_id=entry.id, answers=", ".join(some(random, keys, 1, 2)), sort_order=n)
        for n, entry in enumerate(themes)
    ]
    sides = (organisation.country_id, abroad.id, None)
    case.steps = [
        CaseStep(
            country_id=random.choice(sides),
            heading=f"The {place(random)} step",
            text=sometimes(random, 0.7, paragraph(random, 1, 2), ""),
            sort_order=n,
        )
        for n in range(random.randint(0, 8))
    ]
    answers = {
        question.name: f"{paragraph(random, 2, 5)}\n\n{bullets(random, 1, 4)}"
        if question.required
        else sometimes(random, 0.8, paragraph(random, 2, 5), "")
        for question in in_words
    }
    case.texts = [CaseText(language="en", is_original=True, title=f"The way to {place(random)}", **answers)]
    return case
