"""How a command of `dev.py` ends when something is in the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devtools.places import ROOT, shown


class Failure(Exception):  # noqa: N818  it is the outcome of a command, told to a person, not a programming error
    """A command cannot go on. The message is one plain sentence that says what is in the way and what to do."""

    def __init__(self, message: str, *, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


@contextmanager
def as_sentences() -> Iterator[None]:
    """Turn an error of the file system into a Failure that names the file or folder."""
    try:
        yield
    except OSError as error:
        place = shown(Path(str(error.filename))) if error.filename else shown(ROOT)
        raise Failure(f"{place} cannot be used: {error.strerror or error}.") from error
