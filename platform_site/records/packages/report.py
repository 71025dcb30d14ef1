"""What an import did, file by file."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from platform_site.records.packages.problems import Problem


@dataclass
class FileCounts:
    """What became of the rows of one file. `kept`: they differ from the site, and the site's state was kept."""

    created: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0
    kept: int = 0
    refused: int = 0

    def __str__(self) -> str:
        always = [f"{getattr(self, name)} {name}" for name in ("created", "changed", "same", "refused")]
        return ", ".join(
            always + [f"{getattr(self, name)} {name}" for name in ("removed", "kept") if getattr(self, name)]
        )


@dataclass
class ImportReport:
    """The outcome of one run: counts by file, what was refused and why, what has no place yet.

    Of the records that were on the site `changed` names those that the package changed, `kept` those that it did not.
    """

    dry_run: bool = False
    done: bool = False
    seconds: float = 0.0
    files: dict[str, FileCounts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    changed: list[Problem] = field(default_factory=list)
    kept: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    without_place: dict[str, str] = field(default_factory=dict)

    def count(self, file: str) -> FileCounts:
        """Return the counts of a file."""
        return self.files.setdefault(file, FileCounts())

    @property
    def changes(self) -> int:
        """The number of rows that made a difference."""
        return sum(counts.created + counts.changed + counts.removed for counts in self.files.values())

    def as_dict(self) -> dict[str, Any]:
        """Return the report for a JSON file."""
        return {
            "dry_run": self.dry_run,
            "done": self.done,
            "seconds": round(self.seconds, 2),
            "files": {file: asdict(counts) for file, counts in self.files.items()},
            "refused": [problem.as_dict() for problem in self.problems],
            "changed": [problem.as_dict() for problem in self.changed],
            "kept": [problem.as_dict() for problem in self.kept],
            "notes": [problem.as_dict() for problem in self.notes],
            "without_place": self.without_place,
        }

    def lines(self) -> list[str]:
        """Return the report for a person: the counts, then what to look at."""
        lines = [f"{file}: {counts}" for file, counts in self.files.items()]
        for title, problems in (
            ("Refused", self.problems),
            ("Changed on this site", self.changed),
            ("Kept as it is on this site", self.kept),
            ("Notes", self.notes),
        ):
            if problems:
                lines += ["", f"{title}:", *(f"  {problem}" for problem in problems)]
        if self.without_place:
            lines += ["", "Not imported:", *(f"  {name}: {reason}" for name, reason in self.without_place.items())]
        lines += ["", self.verdict()]
        return lines

    def verdict(self) -> str:
        """Return the outcome as a sentence."""
        if self.problems:
            return "The package was refused. Nothing was changed."
        if self.dry_run:
            return f"Trial run: {self.changes} rows would make a difference. Nothing was changed."
        return f"{self.changes} rows made a difference ({self.seconds:.1f} seconds)."
