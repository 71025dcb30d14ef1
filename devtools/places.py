"""Where things lie in the work tree."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
DEFAULT_DATA = VAR / "demo"


def venv_python() -> Path:
    """Return the Python of the project's environment, whether or not it is there yet."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def shown(path: Path) -> str:
    """Return a path as a person reads it: relative to the work tree where it lies inside."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
