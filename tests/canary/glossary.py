"""Secrets of the glossary: concepts for some and in drafts, related to one for everybody, and an abbreviation."""

from __future__ import annotations

from collections.abc import Callable

from platform_site.records.services import publish_record, save_draft
from search.models import Concept
from tests.factories import make_user
from tests.search.making import build_concept, make_abbreviation

# Where they could come out.
GLOSSARY_OUTLETS = (
    "glossary/",
    "glossary/?q=canary",
    "glossary/members-concept/",
    "glossary/staff-concept/",
    "glossary/draft-concept/",
    "glossary/forced_labour/",
    "glossary/abbreviations/cnry/",
)
# Two hundred entries in each language, all but those of the outlets from the project's own files.
GLOSSARY_ENTRIES = tuple(f"/{language}/glossary/" for language in ("en", "de", "fr", "es", "it"))


def secret_glossary(word: Callable[[str, frozenset[str]], str], members: frozenset[str], staff: frozenset[str]) -> None:
    """Make the content. `word` gives a secret word for its meaning and its readers; the roles of two audiences."""
    public = Concept.objects.get(code="forced_labour")
    for audience, readers in (("members", members), ("staff", staff)):
        kinds = ("pref", "alt", "acronym")
        labels = [("en", word(f"concept for {audience}: {kind}", readers), kind) for kind in kinds]
        note = word(f"concept for {audience}: note", readers)
        publish_record(
            record=build_concept(f"{audience}-concept", *labels, note=note, related=[public], audience=audience)
        )
    label = ("en", word("draft concept", frozenset()), "pref")
    save_draft(record=build_concept("draft-concept", label, related=[public]), user=make_user("editor"))
    make_abbreviation("CNRY", word("abbreviation for members", members), slug="cnry", audience="members")
