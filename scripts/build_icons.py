"""Make `static/icons/sprite.svg` from lucide-static (ISC), with the ticks of freshness, which are our own.

Run by hand when an icon is added; needs npm.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

TARGET = Path(__file__).resolve().parent.parent / "static" / "icons" / "sprite.svg"
PACKAGE = "lucide-static@1.62.0"
TICKS = 5
SVG = "http://www.w3.org/2000/svg"
ICONS = """
arrow-left arrow-right badge-check bed-double bell bold book-open building-2 calendar-days check chevron-down
chevron-right circle clipboard-list clock columns-3 copy door-open download eye file-text flag info languages link list
lock log-in log-out mail map menu messages-square minus pencil phone plus printer quote route rss save search
shield-check sliders-horizontal star table-2 target trash-2 triangle-alert user users wifi-off x
"""


def symbol(name: str, source: Path) -> str:
    """Return the `<symbol>` of one icon, its shapes as they stand in `source`, without paint."""
    shapes = []
    for shape in ElementTree.parse(source).getroot():  # noqa: S314  a file of the package pinned above
        tag = shape.tag.removeprefix(f"{{{SVG}}}")
        attributes = "".join(f' {key}="{value}"' for key, value in shape.attrib.items())
        shapes.append(f"<{tag}{attributes}/>")
    return f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(shapes)}</symbol>'


def ticks(filled: int) -> str:
    """Return the `<symbol>` of five upright ticks, the first `filled` of them full; the rest take the outline."""
    paint = [' fill="currentColor"' if index < filled else "" for index in range(TICKS)]
    cells = "".join(f'<path d="M{1 + 8 * index} 1h5v12h-5z"{fill}/>' for index, fill in enumerate(paint))
    return f'<symbol id="ticks-{filled}" viewBox="0 0 40 14">{cells}</symbol>'


def main() -> None:
    """Install the package in a temporary folder and write the sprite."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, PACKAGE], check=True)
        icons = Path(folder) / "node_modules" / "lucide-static" / "icons"
        symbols = [symbol(name, icons / f"{name}.svg") for name in sorted(ICONS.split())]
    symbols += [ticks(filled) for filled in range(TICKS + 1)]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(f'<svg xmlns="{SVG}">\n' + "\n".join(symbols) + "\n</svg>\n", encoding="utf-8")
    sys.stdout.write(f"{len(symbols)} symbols, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
