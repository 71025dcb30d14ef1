"""What is wrong in a package, as sentences with file and place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

# A package that is wrong in every row is explained by its first rows.
MOST_PROBLEMS = 500


@dataclass(frozen=True)
class Place:
    """Where in a package: file, row ("line 7", "chart 3") and field, as far as they apply."""

    file: str
    row: str = ""
    field: str = ""

    def at(self, field: str) -> Place:
        """Return the place of one field in this row."""
        return replace(self, field=field)

    def __str__(self) -> str:
        return ", ".join(part for part in (self.file, self.row, self.field) if part)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong (or, among the notes, worth knowing): where, and a sentence."""

    place: Place
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"

    def as_dict(self) -> dict[str, str]:
        """Return the problem for a report file."""
        return {"file": self.place.file, "row": self.place.row, "field": self.place.field, "reason": self.reason}


class PackageError(Exception):
    """A package cannot be imported, and nothing was changed. `problems` say why, with their places."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Problems:
    """Collects what is wrong, so that one run names everything."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.left_out = 0

    def __bool__(self) -> bool:
        return bool(self.found)

    def __len__(self) -> int:
        return len(self.found) + self.left_out

    def add(self, place: Place, reason: object) -> None:
        """Note that `reason` (a sentence) holds at `place`."""
        problem = Problem(place, str(reason))
        if len(self.found) < MOST_PROBLEMS:
            if problem not in self.found:
                self.found.append(problem)
        else:
            self.left_out += 1
