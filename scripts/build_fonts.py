"""Make `static/fonts/*.woff2` from the npm packages of Commissioner and Literata (SIL OFL 1.1).

Run by hand when the fonts change; the results are committed. Needs npm, and fonttools and brotli beside Python:
`uv run --with fonttools --with brotli python scripts/build_fonts.py`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).resolve().parent.parent / "static" / "fonts"
PACKAGES = ("@fontsource-variable/commissioner@5.3.0", "@fontsource/literata@5.3.0")

# Basic Latin, Latin-1, the three letters of the basic set outside it, punctuation, arrows, the euro sign.
LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *(0x131, 0x152, 0x153),
    *(0x2009, 0x202F, *range(0x2010, 0x2016), *range(0x2018, 0x201F), 0x2020, 0x2021, 0x2022, 0x2026),
    *(0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, *range(0x2190, 0x2194), 0x2212),
]
# What the Latin alphabets of Europe need beyond Latin-1. Azerbaijani Ə is outside the ready-made ranges.
EXTENDED = sorted(
    {
        ord(letter)
        for letter in (
            "ƏəĞğİŞş"  # Azerbaijani, Turkish
            "ĀāČčĒēĢģĪīĶķĻļŅņŠšŪūŽžŌōŖŗ"  # Latvian
            "ĄąĘęĖėĮįŲų"  # Lithuanian
            "ĆćĐđ"  # Bosnian, Croatian, Serbian
            "ĎďĚěŇňŘřŤťŮů"  # Czech
            "ŐőŰű"  # Hungarian
            "ĊċĠġĦħŻż"  # Maltese
            "ŁłŃńŚśŹź"  # Polish
            "ĂăȘșȚțŢţ"  # Romanian, with the older cedilla forms
            "ĹĺĽľŔŕ"  # Slovak
        )
    }
)
FONTS = (
    (
        "sans",
        "@fontsource-variable/commissioner/files/commissioner-{}-wght-normal.woff2",
    ),
    ("serif-600", "@fontsource/literata/files/literata-{}-600-normal.woff2"),
    ("serif-400", "@fontsource/literata/files/literata-{}-400-normal.woff2"),
    ("serif-400-italic", "@fontsource/literata/files/literata-{}-400-italic.woff2"),
)


def build(source: Path, target: Path, *, letters: list[int], variable: bool) -> int:
    """Write the subset of `source` with the code points `letters` to `target`; return its size in bytes."""
    font = TTFont(source)
    if variable:
        instantiateVariableFont(font, {"wght": (400, 600)}, inplace=True)
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = [
        "kern",
        "liga",
        "locl",
        "mark",
        "mkmk",
        "ccmp",
        "lnum",
        "tnum",
        "calt",
    ]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    return target.stat().st_size


def main() -> None:
    """Install the packages in a temporary folder and write all eight files."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, *PACKAGES], check=True)
        modules = Path(folder) / "node_modules"
        for name, pattern in FONTS:
            for part, letters in (("latin", LATIN), ("latin-ext", EXTENDED)):
                target = TARGET / f"{name}-{part}.woff2"
                size = build(
                    modules / pattern.format(part),
                    target,
                    letters=letters,
                    variable=name == "sans",
                )
                sys.stdout.write(f"{target.name}: {size} bytes\n")


if __name__ == "__main__":
    main()
