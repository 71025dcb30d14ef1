"""Make `.mo` files beside the `.po` files named on the command line. GNU gettext is not needed."""

from __future__ import annotations

import sys
from pathlib import Path

import polib


def compile_catalog(source: Path) -> Path:
    """Write the compiled catalogue of `source` beside it; gives its path. Raises OSError for a damaged file."""
    target = source.with_suffix(".mo")
    part = target.with_name(f"{target.name}.part")
    polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(part))
    part.replace(target)
    return target


if __name__ == "__main__":
    for name in sys.argv[1:]:
        compile_catalog(Path(name))
