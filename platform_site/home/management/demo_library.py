"""The demo's library: its table, and PDF files that are made when the demo is set up."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from fpdf import FPDF
from PIL import Image, ImageDraw

SOURCES = Path(__file__).resolve().parents[2] / "demo_library"
# What stands on paper only: its pages are pictures, as a scanner makes them.
SCANS = frozenset({"founding-minutes"})
MADE_ON = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
TYPOGRAPHY = str.maketrans({"’": "'", "“": '"', "”": '"', "–": "-", "œ": "oe"})


@contextmanager
def demo_package(folder: Path) -> Iterator[Path]:
    """Give a copy of the demo package in `folder` with its library; it is gone afterwards."""
    with TemporaryDirectory(prefix="demo-") as waiting:
        # The folder's name is what a package is called.
        package = Path(waiting) / folder.name
        shutil.copytree(folder, package)
        write_library(package / "library")
        yield package


def write_library(folder: Path) -> None:
    """Write the table of documents and its PDF files into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(SOURCES / "library.csv", folder)
    for source in sorted(SOURCES.glob("*.md")):
        title, pages = pages_of(source.read_text(encoding="utf-8"))
        make = scanned_pdf if source.stem in SCANS else printed_pdf
        (folder / f"{source.stem}.pdf").write_bytes(make(title, pages))


def pages_of(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the title of a source, and heading and text of each of its pages."""
    title, *rest = re.split(r"^## ", text, flags=re.MULTILINE)
    parts = [part.partition("\n") for part in rest]
    return title.removeprefix("# ").strip(), [(heading.strip(), body.strip()) for heading, _end, body in parts]


def printed_pdf(title: str, pages: list[tuple[str, str]]) -> bytes:
    """Return a PDF with a cover and a page for each section; its text can be searched."""
    pdf = FPDF()
    pdf.set_creation_date(MADE_ON)
    pdf.add_page()
    pdf.set_y(90)
    pdf.set_font("Times", "B", 26)
    pdf.multi_cell(0, 11, title.translate(TYPOGRAPHY))
    for heading, body in pages:
        pdf.add_page()
        pdf.set_font("Times", "B", 17)
        pdf.multi_cell(0, 9, heading.translate(TYPOGRAPHY), new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
        pdf.set_font("Times", size=12)
        pdf.multi_cell(0, 6.5, body.translate(TYPOGRAPHY))
    return bytes(pdf.output())


def scanned_pdf(title: str, pages: list[tuple[str, str]]) -> bytes:
    """Return a PDF whose pages are pictures of text."""
    pdf = FPDF()
    pdf.set_creation_date(MADE_ON)
    for heading, body in pages:
        picture = Image.new("L", (827, 1169), 248)
        draw = ImageDraw.Draw(picture)
        draw.text((90, 90), title, fill=40)
        draw.text((90, 150), heading, fill=40)
        draw.multiline_text((90, 200), "\n".join(re.findall(r".{1,80}(?:\s|$)", body)), fill=60, spacing=8)
        buffer = io.BytesIO()
        picture.save(buffer, "PNG")
        pdf.add_page()
        pdf.image(buffer, x=0, y=0, w=210)
    return bytes(pdf.output())
