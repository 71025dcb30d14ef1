"""Results as rows of the page: the hit, and the line of facts that the app of its record gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from platform_site.vocabulary.store import vocabulary
from search.related import RelatedItem, lines_of
from search.searching import Hit

# The tag `record_type` knows some types by other names.
LOOKS = {
    "practice": "practice_chart",
    "case": "case_study",
    "document": "library_document",
    "country_profile": "country",
}


@dataclass(frozen=True)
class Row:
    """What `search/hit.html` draws of a result. `look` is its name for the tag `record_type`,
    `language` the code of its text where it is not the page's."""

    hit: Hit
    look: str
    facts: str
    country_code: str
    country_name: str
    language: str
    audience: str


def rows(hits: Sequence[Hit], user: Any) -> list[Row]:
    """Return the results as rows; the number of queries does not grow with theirs."""
    lines = lines_of([(hit.type, hit.pk) for hit in hits], user)
    nothing = RelatedItem("", "", "")
    return [_row(hit, lines.get((hit.type, hit.pk), nothing)) for hit in hits]


def _row(hit: Hit, line: RelatedItem) -> Row:
    return Row(
        hit=hit,
        look=LOOKS.get(hit.type, hit.type),
        facts=line.facts,
        country_code=line.country,
        country_name=vocabulary("countries").label(line.country) if line.country else "",
        language=hit.language if hit.language != get_language() else "",
        audience=line.audience,
    )
