"""What is indexed: a document for each thing that can be found and each kind of reader, with its texts by language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

# Fields of a document by weight, the weightiest first. The embedded engines have a column for each of them.
FIELDS = ("title", "names", "summary", "body")
# The separator between the key of an item and the rule of a twin (see `SearchDocument.hidden_by`).
TWIN = "#"


@dataclass(frozen=True)
class Texts:
    """The searchable text of an item in one language, plain (no markup)."""

    title: str = ""
    # Acronyms, other names, labels of terms: words by which it is looked for and that no sentence holds.
    names: str = ""
    summary: str = ""
    body: str = ""


@dataclass(frozen=True)
class Passage:
    """A page or section of a long text, to be found and linked on its own.

    `number` counts from 1 within the document, `label` says where it is ("p. 12", a heading), `path` is the rest of
    the address behind the language (`library/x/read/3/#p12`).
    """

    number: int
    label: str
    path: str
    text: str
    language: str


@dataclass(frozen=True)
class SearchDocument:
    """A thing that can be found, as readers under one access rule may find it.

    `key` is the item's key (`organisation:la-strada`), for a twin with `#` and a word behind it. A twin holds all of
    the item's text and what only fewer readers may read; the document for everybody then carries in `hidden_by` the
    rule of its twin, so that who may see the twin sees one hit and counts stay exact. `rule` and `hidden_by` are
    written as `search.rules.Rule` writes them. `path` is the address behind the language prefix. `facets` maps names
    to codes, wider ones included (a parent with its child); `date` is the day that sorting by date goes by.
    """

    key: str
    type: str
    pk: int
    path: str
    original: str
    texts: Mapping[str, Texts]
    rule: str = "public"
    hidden_by: str = ""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    date: date | None = None
    boost: float = 1.0
    passages: Sequence[Passage] = ()

    @property
    def item(self) -> str:
        """The key of the item, the same for its twin."""
        return self.key.partition(TWIN)[0]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the item has a text, the original first. Names alone (labels of terms) are none."""
        written = {code for code, text in self.texts.items() if text.title or text.summary or text.body}
        return (self.original, *sorted(written - {self.original}))

    def face(self) -> str:
        """Return a hash of what documents of other things say of this one: names, place, facets, who may know of it."""
        names = {language: (texts.title, texts.names) for language, texts in self.texts.items()}
        return _hash([self.path, self.rule, self.hidden_by, names, {**self.facets}])

    def fingerprint(self) -> str:
        """Return a hash of everything in the document: two with the same one need no new write."""
        return _hash(asdict(self))


def _hash(value: Any) -> str:
    content = json.dumps(value, sort_keys=True, default=str)
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
