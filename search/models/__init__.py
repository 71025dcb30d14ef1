"""Models of the search: the concepts of the thesaurus and abbreviations, and the tables of the embedded index."""

from search.models.abbreviations import Abbreviation
from search.models.concepts import Concept, ConceptLabel, ConceptRelation, ConceptText
from search.models.index import (
    IndexBuild,
    IndexEntry,
    IndexPassage,
    IndexTerm,
    IndexTermGram,
    IndexText,
    IndexTitle,
    OutboxRow,
)

__all__ = [
    "Abbreviation",
    "Concept",
    "ConceptLabel",
    "ConceptRelation",
    "ConceptText",
    "IndexBuild",
    "IndexEntry",
    "IndexPassage",
    "IndexTerm",
    "IndexTermGram",
    "IndexText",
    "IndexTitle",
    "OutboxRow",
]
