"""Text out of files: nothing is lost, anchors stay, hostile files cost little and say what they are."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.extraction.child import Limits, read_in_child
from library.extraction.plain import blocks_of, heading_of
from library.extraction.reading import read_file
from library.extraction.sections import LARGEST, PART_BYTES, SECTION_BYTES, Block, html_size, sections_of
from tests.library.making import make_docx, make_odt, make_pdf

WORDS = re.compile(r"\w+")
PARAGRAPH = "Some words that stand in a paragraph of a text about nothing at all, twenty words or so it has here. "


def words_of(text: str) -> list[str]:
    return WORDS.findall(text)


@given(st.text(alphabet=st.sampled_from("abc ABC\n\n\n.#1-é "), max_size=3000))
def test_no_word_is_lost_and_anchors_are_unique(text: str) -> None:
    sections = sections_of(blocks_of(text))
    found = [word for section in sections for word in words_of(f"{section.heading} {section.text}")]
    # A number before a heading and its words are one heading; marks of Markdown are no words.
    assert found == words_of(text)
    anchors = [section.anchor for section in sections]
    assert len(set(anchors)) == len(anchors)
    assert [section.number for section in sections] == list(range(1, len(sections) + 1))


@given(st.lists(st.tuples(st.text(max_size=200), st.text(max_size=80)), max_size=20))
def test_any_blocks_make_sections_that_can_be_sent(blocks: list[tuple[str, str]]) -> None:
    sections = sections_of(Block(text=text * 40, heading=heading) for text, heading in blocks)
    assert "".join(section.text for section in sections) == "".join(text * 40 for text, _heading in blocks)
    by_part: dict[int, int] = {}
    for section in sections:
        assert html_size(section.text) <= LARGEST
        by_part[section.part] = by_part.get(section.part, 0) + html_size(section.text)
    assert all(size <= PART_BYTES + SECTION_BYTES for size in by_part.values())


def test_the_same_text_gets_the_same_anchors_and_a_change_moves_only_what_follows() -> None:
    text = f"# One\n\n{PARAGRAPH}\n\n# Two\n\n{PARAGRAPH}\n\n# Three\n\n{PARAGRAPH}"
    first = [section.anchor for section in read_file(text.encode(), "txt").sections]
    assert first == ["one", "two", "three"]
    assert [section.anchor for section in read_file(text.encode(), "txt").sections] == first
    changed = text.replace("# Two", "# Between\n\nNew.\n\n# Two")
    assert [section.anchor for section in read_file(changed.encode(), "txt").sections] == [
        "one", "between", "two", "three",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["# a" + " " * 20_000 + "b", "1. " + " " * 20_000 + "b", " " * 20_000 + "#", "a" * 200_000]
)
def test_a_long_line_costs_no_more_than_its_length(line: str) -> None:
    started = time.process_time()
    sections = sections_of(blocks_of(line))
    assert words_of("".join(f"{section.heading} {section.text}" for section in sections)) or "#" in line
    assert time.process_time() - started < 2


def test_headings_that_end_in_numbers_keep_anchors_apart() -> None:
    headings = [*(f"A {number}" for number in range(2, 3000)), "A", "A", "A"]
    anchors = [section.anchor for section in sections_of(Block(text="Words.", heading=title) for title in headings)]
    assert len(set(anchors)) == len(anchors)
    assert anchors[-3:] == ["a", "a-3000", "a-3001"]


def test_plain_text_is_read_in_the_child_too() -> None:
    text = ("# One\n\n" + PARAGRAPH).encode()
    assert read_in_child(text, "txt")["blocks"] == [{"text": f"\n{PARAGRAPH}", "heading": "One", "level": 1}]
    assert read_file(text * 100_000, "txt", Limits(memory=30 * 1024 * 1024)).state == "broken"


def test_a_text_without_headings_is_cut_about_every_four_hundred_words() -> None:
    sections = read_file((PARAGRAPH + "\n\n").encode() * 200, "txt").sections
    assert len(sections) == 10
    assert all(400 <= section.words <= 440 for section in sections[:-1])
    assert [section.anchor for section in sections[:3]] == ["section", "section-2", "section-3"]


def test_a_text_without_blank_lines_is_cut_at_its_lines() -> None:
    sections = read_file((PARAGRAPH + "\n").encode() * 100, "txt").sections
    assert len(sections) == 5
    assert all(section.text.endswith("\n") for section in sections)


def test_what_goes_on_below_a_heading_is_named_after_it() -> None:
    sections = read_file(("# Return\n\n" + (PARAGRAPH + "\n\n") * 50).encode(), "txt").sections
    assert [(section.anchor, section.heading) for section in sections[:2]] == [("return", "Return"), ("return-2", "")]


@pytest.mark.parametrize(
    ("line", "before", "after", "expected"),
    [
        ("## Two words", "", "", (2, "Two words")),
        ("ABOUT THE PROJECT", "text", "text", (2, "ABOUT THE PROJECT")),
        ("NGO", "", "", None),
        ("ABOUT THE PROJECT.", "", "", None),
        ("1.2 Return and after", "", "", (3, "1.2 Return and after")),
        ("1.2 Return and after", "a line", "", None),
        ("3 women were", "", "", None),
        ("A line like others", "", "", None),
        ("#hashtag", "", "", None),
        ("# Return ##", "", "", (1, "Return")),
        ("#  ", "", "", None),
        ("* ITEM OF A LIST", "", "", None),
    ],
)
def test_headings(line: str, before: str, after: str, expected: tuple[int, str] | None) -> None:
    assert heading_of(line, before, after) == expected


def test_a_pdf_gives_its_pages_and_a_picture_of_the_first() -> None:
    found = read_file(make_pdf(["First page about return.", "Second page about papers."]), "pdf")
    assert (found.state, found.pages) == ("read", 2)
    assert [(section.anchor, section.page) for section in found.sections] == [("page-1", 1), ("page-2", 2)]
    assert "papers" in found.sections[1].text
    assert found.preview.startswith(b"\x89PNG")


def test_a_scan_says_that_it_has_no_text() -> None:
    found = read_file(make_pdf(["", "", "1"]), "pdf")
    assert (found.state, found.pages, found.sections) == ("no_text", 3, [])
    assert found.preview


def test_an_encrypted_pdf_says_so() -> None:
    assert read_file(make_pdf(["Closed."], password="word"), "pdf").state == "encrypted"


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7\n", b"%PDF-1.7\nstartxref\n9\n%%EOF", make_pdf(["Cut."])[:300], b"PK\x03\x04" + b"\x00" * 100],
)
@pytest.mark.parametrize("ending", ["pdf", "docx", "odt"])
def test_broken_files_are_said_to_be_broken(data: bytes, ending: str) -> None:
    assert read_file(data, ending).state in {"broken", "no_text"}


def test_pages_beyond_the_limit_are_left_to_the_file() -> None:
    data = make_pdf([f"Page number {number} has enough words to count." for number in range(12)])
    found = read_file(data, "pdf", Limits(pages=5))
    assert (found.state, found.pages, len(found.sections)) == ("too_long", 12, 5)


def test_two_thousand_pages_are_read_in_bounded_time() -> None:
    pdf = make_pdf(["A page with a few words on it, again and again."] * 2000)
    started = time.process_time()
    found = read_file(pdf, "pdf")
    assert (found.state, found.pages, len(found.sections)) == ("too_long", 2000, Limits().pages)
    # What this process spends on it; the reading itself is the child's.
    assert time.process_time() - started < 10


def test_memory_and_time_of_the_child_are_limited() -> None:
    data = make_pdf(["Words enough to be a text."])
    assert read_in_child(data, "pdf", Limits(memory=30 * 1024 * 1024)) == {"state": "broken"}
    started = time.monotonic()
    bomb = make_docx([("", "x" * 1000)] * 50_000)
    assert read_in_child(bomb, "docx", Limits(memory=60 * 1024 * 1024))["state"] in {"broken", "too_long"}
    assert time.monotonic() - started < 60


def test_a_docx_is_parted_at_its_headings() -> None:
    data = make_docx(
        [
            ("Title", "The whole"),
            ("", "Before."),
            ("Heading2", "Return"),
            ("", "One."),
            ("", "Two."),
            ("berschrift1", "Ende"),
        ]
    )
    found = read_file(data, "docx")
    assert found.state == "read"
    assert [(section.heading, section.level, section.text) for section in found.sections] == [
        ("The whole", 1, "Before."), ("Return", 2, "One.\n\nTwo."), ("Ende", 1, ""),
    ]  # fmt: skip


def test_an_odt_is_parted_at_its_headings() -> None:
    body = (
        '<text:h text:outline-level="1">Return</text:h>'
        '<text:p>One<text:s text:c="2"/>two<text:line-break/>three.</text:p>'
        "<text:p>A<text:span>B</text:span>C</text:p>"
    )
    (section,) = read_file(make_odt(body), "odt").sections
    assert (section.heading, section.text) == ("Return", "One  two\nthree.\n\nABC")


def test_ligatures_and_other_directions() -> None:
    data = make_docx([("", "de\ufb01nition o\ufb03cer so\u00adft"), ("", "הגנה על הקורבנות")])
    (section,) = read_file(data, "docx").sections
    assert section.text == "definition officer soft\n\nהגנה על הקורבנות"
    assert unicodedata.bidirectional(section.text[-1]) == "R"


PRINTED = [
    ("\ufb01rst \ufb03 \ufb06", "first ffi st"),
    ("\ufea3\ufee4\ufe8e\ufef3\ufe94", "\u062d\u0645\u0627\u064a\u0629"),
    ("\ufefb", "\u0644\u0627"),
    ("\ufb2a", "\u05e9\u05c1"),
]


@pytest.mark.parametrize(("printed", "typed"), PRINTED)
def test_letters_as_they_are_printed_become_those_that_people_type(printed: str, typed: str) -> None:
    (section,) = read_file(make_docx([("", printed)]), "docx").sections
    assert section.text == typed


def test_a_text_beyond_the_limit_says_so() -> None:
    found = read_file(b"word " * 1000, "txt", Limits(characters=500))
    assert (found.state, sum(section.words for section in found.sections)) == ("too_long", 100)
