"""Stamps: a step that was done for the same input is not done again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path], *extra: str) -> str:
    """Return a short hash over the names and contents of files, and over words of `extra`."""
    state = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(set(paths)):
        state.update(f"{path.name}\0".encode())
        state.update(hashlib.sha256(path.read_bytes()).digest())
    return state.hexdigest()[:20]


def files_below(folder: Path, *patterns: str) -> list[Path]:
    """Return the files below `folder` that match a pattern, without what Python or an editor leaves behind."""
    found = (path for pattern in patterns for path in folder.rglob(pattern))
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


class Stamps:
    """The stamps of one folder, kept in one small JSON file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def _read(self) -> dict[str, str]:
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            # No stamps, or a file cut short by a full disk: every step runs again, which is safe.
            return {}
        return content if isinstance(content, dict) else {}

    def fresh(self, step: str, value: str) -> bool:
        """Tell whether `step` was done for this very input."""
        return self._read().get(step) == value

    def known(self, step: str) -> bool:
        """Tell whether `step` was ever done."""
        return step in self._read()

    def put(self, step: str, value: str) -> None:
        """Remember that `step` was done for this input."""
        content = {**self._read(), step: value}
        part = self.path.with_name(f"{self.path.name}.part")
        part.write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")
        part.replace(self.path)
