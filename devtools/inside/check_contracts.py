"""Hold the import contracts of pyproject.toml; the exit code is 1 if one is broken."""

from __future__ import annotations

import sys

from importlinter.cli import lint_imports


def contracts_kept() -> bool:
    """Print the report of all contracts; tells whether every one is kept."""
    return lint_imports(config_filename="pyproject.toml", no_cache=True, no_logo=True) == 0


if __name__ == "__main__":
    sys.exit(0 if contracts_kept() else 1)
