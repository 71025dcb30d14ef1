"""What each engine can do. No view, template or app asks which one runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from search.documents import SearchDocument
from search.results import Answer, PassageFound, SearchRequest, StoredTexts
from search.tree import Query


class EngineUnavailableError(Exception):
    """The engine cannot answer now: refused, too slow, broken index. The message is for the log."""


@dataclass(frozen=True)
class Health:
    """How an engine is: `is_usable`, the number of documents, words on what is wrong."""

    is_usable: bool
    documents: int = 0
    problem: str = ""


@dataclass(frozen=True)
class Indexed:
    """What an engine has of a document, to be compared with what it should have."""

    key: str
    type: str
    pk: int
    rule: str
    hidden_by: str
    fingerprint: str


class Engine(Protocol):
    """The embedded ones live in the site's database, Elasticsearch beside it.

    All methods but `health` raise EngineUnavailableError if the engine does not answer.
    """

    name: str

    def put(self, documents: Iterable[SearchDocument]) -> int:
        """Write documents, each in place of the one with its key; gives how many were really written."""
        ...

    def remove(self, keys: Iterable[str]) -> None:
        """Take documents out, by key; a key that is not there is no error."""
        ...

    def exclusive(self) -> AbstractContextManager[None]:
        """Keep other writers off while something is looked up and written; in the site's own database a transaction."""
        ...

    def search(self, request: SearchRequest) -> Answer:
        """Answer a request. Equal scores stand by date, newest first, then by key."""
        ...

    def stored(self, keys: Sequence[str]) -> Mapping[str, StoredTexts]:
        """Return what is shown of these documents."""
        ...

    def passages(
        self, keys: Sequence[str], query: Query, languages: tuple[str, ...], *, most: int
    ) -> Mapping[str, Sequence[PassageFound]]:
        """Return the best `most` passages of each document, best first; the caller checked that they may be read."""
        ...

    def rules(self) -> frozenset[str]:
        """Return all rules that documents carry, hiding ones included."""
        ...

    def keys(self, things: Iterable[tuple[str, int]]) -> frozenset[str]:
        """Return the keys of all documents of these things (type and primary key), those in open builds too."""
        ...

    def scan(self, build: int | None = None) -> Iterator[Indexed]:
        """Yield what each document carries, in order of the keys; of the index that serves, or of another build."""
        ...

    def start_build(self) -> int:
        """Begin an index beside the one that serves; gives its number. `put` and `remove` go to both from then on."""
        ...

    def open_build(self) -> int | None:
        """Return a build that was begun and can be finished: whoever began it was stopped."""
        ...

    def put_into(self, build: int, documents: Iterable[SearchDocument]) -> int:
        """Write documents into a build only; what it has already (from a save since) is left as it is."""
        ...

    def switch(self, build: int) -> None:
        """Serve from `build` from now on."""
        ...

    def drop(self, build: int) -> None:
        """Forget a build that does not serve."""
        ...

    def unused_builds(self) -> list[int]:
        """Return the builds that can be dropped."""
        ...

    def health(self) -> Health:
        """Return how the engine is; never raises."""
        ...
