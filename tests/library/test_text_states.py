"""Files without a text, and short ones: which of them is a scan, which is empty, which is a text to read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from fpdf import FPDF
from PIL import Image

from library.extraction import worker
from library.extraction.reading import read_file
from library.models import StoredFile
from tests.library.making import make_document, make_docx, make_odt

SCAN = (0, 0, 210, 297)
LOGO = (10, 10, 30, 30)
STRIPS = ((0, 0, 210, 100), (0, 100, 210, 100), (0, 200, 210, 97))


def pdf_of(*pages: tuple[str, Any]) -> bytes:
    """Return a PDF; a page is its text and its pictures (left, top, width, height in mm), or "line" for a drawing."""
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    for text, shown in pages:
        pdf.add_page()
        if shown == "line":
            pdf.line(10, 10, 100, 100)
        elif shown:
            for left, top, width, height in shown if isinstance(shown[0], tuple) else [shown]:
                pdf.image(Image.new("RGB", (40, 60), "grey"), x=left, y=top, w=width, h=height)
        if text:
            pdf.set_y(20)
            pdf.multi_cell(0, 6, text)
    return bytes(pdf.output())


STATES = [
    ("one short line", [("See annex.", None)], "read"),
    ("a short line under a logo", [("See annex.", LOGO)], "read"),
    ("a form of headings", [("Name", None), ("Age", "line"), ("Address", None)], "read"),
    ("a date and a word", [("12 May 2020", None)], "read"),
    ("a text on a picture", [("A whole line of words that was read by a machine.", SCAN)], "read"),
    ("a scan with its text", [(f"Page {n} says something else: {'word ' * n}", SCAN) for n in range(1, 6)], "read"),
    ("a text with a picture page", [("A text of a page with many words. " * 5, None), ("", SCAN)], "read"),
    ("a scan", [("", SCAN), ("", SCAN)], "no_text"),
    ("a scan in strips", [("", STRIPS)], "no_text"),
    ("a scan with page numbers", [(str(n), SCAN) for n in range(1, 40)], "no_text"),
    ("a scan with pages named", [(f"Page {n}", SCAN) for n in range(1, 40)], "no_text"),
    ("a scan with a stamp", [(f"Made with a scanner, page {n} of 40", SCAN) for n in range(1, 40)], "no_text"),
    ("a scan in strips with page numbers", [("- 3 -", STRIPS), ("- 4 -", STRIPS)], "no_text"),
    ("a scan behind a cover sheet", [("Annex", None), *[("", SCAN)] * 9], "no_text"),
    ("a drawing", [("", "line")], "no_text"),
    ("a drawing with a number", [("7", "line")], "no_text"),
    ("blank pages", [("", None), ("", None)], "empty"),
    ("numbered blank pages", [("1", None), ("2", None)], "empty"),
]
# Without pdfium nobody tells a logo from the picture of a page.
PYPDF = {"a short line under a logo": "no_text"}


@pytest.mark.parametrize("reader", ["pdfium", "pypdf"])
@pytest.mark.parametrize(("name", "pages", "state"), STATES, ids=[name for name, *_rest in STATES])
def test_the_state_of_a_pdf_follows_from_its_pages(name: str, pages: list[Any], state: str, reader: str) -> None:
    data = pdf_of(*pages)
    if reader == "pypdf":
        found = worker._with_pypdf(data, 100, 10_000)
        expected = PYPDF.get(name, state)
        assert (found["state"], bool(found["blocks"])) == (expected, expected == "read")
        return
    found = read_file(data, "pdf")
    assert (found.state, bool(found.sections), found.pages) == (state, state == "read", len(pages))


EMPTY = [
    ("txt", b" \n\n\t", "empty"),
    ("txt", "\ufeff \r\n".encode(), "empty"),
    ("txt", b"Yes.", "read"),
    ("docx", make_docx([]), "empty"),
    ("docx", make_docx([("", ""), ("Heading1", " ")]), "empty"),
    ("docx", make_docx([("", "Yes.")]), "read"),
    ("odt", make_odt(""), "empty"),
    ("odt", make_odt("<text:p> </text:p>"), "empty"),
    ("odt", make_odt("<text:p>Yes.</text:p>"), "read"),
]


@pytest.mark.parametrize(("ending", "data", "state"), EMPTY)
def test_a_file_without_words_is_empty_and_no_scan(ending: str, data: bytes, state: str) -> None:
    found = read_file(data, ending)
    assert (found.state, bool(found.sections)) == (state, state == "read")


@pytest.mark.django_db
def test_a_short_text_can_be_read_and_an_empty_one_says_so(client_for: Callable[[str], Client]) -> None:
    make_document(slug="short", files=[("en", "short.pdf", pdf_of(("See annex.", None)))])
    make_document(slug="empty", files=[("en", "empty.docx", make_docx([("", " ")]))])
    client = client_for("anonymous")
    assert "See annex." in client.get("/en/library/short/read/en/").content.decode()
    assert str(StoredFile.State.EMPTY.label) in client.get("/en/library/empty/").content.decode()
    assert client.get("/en/library/empty/read/en/").status_code == 404
    desk = client_for("editor").get("/admin/library/").content.decode()
    assert "empty: it holds no words" in desk
    assert "no text layer" not in desk
