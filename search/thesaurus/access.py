"""Who may read what of the glossary: used by every outlet of it."""

from __future__ import annotations

from typing import Any

from platform_site.accounts.principals import principals_of
from platform_site.records.access import get_readable
from platform_site.records.audiences import audiences_for
from search.models import Abbreviation, Concept
from search.thesaurus.selectors import KnownConcept, thesaurus


def get_concept(user: Any, code: str) -> Concept:
    """Return the concept with this code, ready for its page. Raises Http404 or RecordGone."""
    found: Concept = get_readable(Concept.objects.for_entry(), user, code=code)
    return found


def get_abbreviation(user: Any, slug: str) -> Abbreviation:
    """Return the abbreviation with this address. Raises Http404 or RecordGone."""
    found: Abbreviation = get_readable(Abbreviation.objects, user, slug=slug)
    return found


def readable_concepts(user: Any) -> list[KnownConcept]:
    """Return the published concepts that `user` may read, by code, from memory."""
    audiences = audiences_for(principals_of(user))
    return [concept for concept in thesaurus().concepts.values() if concept.audience in audiences]
