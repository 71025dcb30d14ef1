"""Text without marks: what is read, and what is searched, is the same."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.extraction.marks import without_marks
from library.extraction.reading import read_file
from library.models import FileSection
from tests.library.making import make_document, text_file

WORDS = re.compile(r"\w+")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("**Subject: a declaration** of *two\nlines*.", "Subject: a declaration of two\nlines."),
        ("a *reflection period* is, ***in short***, *one*", "a reflection period is, in short, one"),
        ("**Bold with *more* in it**", "Bold with more in it"),
        ("One\n\n---\n\nTwo\n***\nThree", "One\n\n\n\nTwo\n\nThree"),
        ("the 21<sup>st</sup> century, H<SUB>2</SUB>O, <u>under</u>", "the 21st century, H2O, under"),
        ("One<br>two<br />three", "One\ntwo\nthree"),
        ("* an item\n* another *one*", "* an item\n* another one"),
        ("a footnote* and its mark\n\n* The footnote.", "a footnote* and its mark\n\n* The footnote."),
        ("*open\n\nand closed*", "*open\n\nand closed*"),
        ('<a href="http://a.example/b">http://a.example/b</a>', "http://a.example/b"),
        ('see <a href="http://a.example/b">there</a>', "see there (http://a.example/b)"),
        (
            "2 * 3 * 4, 2*3*4, a_file_name.pdf, <unknown>, a < b > c",
            "2 * 3 * 4, 2*3*4, a_file_name.pdf, <unknown>, a < b > c",
        ),
    ],
)
def test_marks_are_gone_and_the_rest_stays(source: str, shown: str) -> None:
    assert without_marks(source) == shown


@given(st.text(alphabet=st.sampled_from("ab *-_\n."), max_size=300))
def test_no_word_is_lost(source: str) -> None:
    assert "".join(re.findall(r"[ab]", without_marks(source))) == "".join(re.findall(r"[ab]", source))
    assert without_marks(source).count("\n") == source.count("\n")


@pytest.mark.parametrize(
    "part", ["*a ", "**", "* ", "*a\n", "-", "- ", "<sup>", '<a id="', '<a href="a">', "*" + "a" * 50 + "**"]
)
def test_hostile_text_costs_little(part: str) -> None:
    begin = time.process_time()
    without_marks(part * (200_000 // len(part)))
    assert time.process_time() - begin < 2


@pytest.mark.django_db
def test_the_reading_view_shows_and_finds_the_text(client) -> None:
    words = "# The 21<sup>st</sup> *century*\n\nIt says that a *reflection period* is **asked\nfor**.\n\n---\n\nEnd."
    (section,) = read_file(words.encode(), "txt").sections
    assert section.heading == "The 21st century"
    assert section.text.split() == ["It", "says", "that", "a", "reflection", "period", "is", "asked", "for.", "End."]
    document = make_document(files=[text_file(words=words)])
    assert FileSection.objects.get().text == section.text
    address = f"/en/library/{document.slug}/read/{document.files.get().key}/"
    page = client.get(f"{address}?q=%22reflection+period+is%22").content.decode()
    assert '<mark id="hit-1">reflection period is</mark>' in page
    main = page[page.index("<main") : page.index("</main")]
    assert "**" not in main
    assert "---" not in main
    assert "&lt;sup" not in main
