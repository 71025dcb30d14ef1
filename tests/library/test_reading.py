"""The text of a file laid out for reading: paragraphs apart, items of lists, contents of the whole."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from library.hits import Piece
from library.models import StoredFile
from library.reading import MOST_HEADINGS, headings_of, lines_of
from tests.library.making import make_document, text_file

WORDS = "Words about return and papers. " * 60


@pytest.mark.parametrize(
    ("text", "lines", "items"),
    [
        ("One sentence.\nAnother one.", ["One sentence.", "Another one."], []),
        ("House of trees\n12 Long Street\nWien", ["House of trees\n12 Long Street\nWien"], []),
        ("They need:\n- papers\n- a photo", ["They need:", "- papers", "- a photo"], ["- papers", "- a photo"]),
        ("", [], []),
    ],
)
def test_paragraphs_part_where_a_sentence_ends_or_an_item_begins(text: str, lines: list[str], items: list[str]) -> None:
    found = list(lines_of([Piece(text)] if text else []))
    assert ["".join(piece.text for piece in line.pieces) for line in found] == lines
    assert ["".join(piece.text for piece in line.pieces) for line in found if line.is_item] == items


@given(st.lists(st.tuples(st.text(alphabet="ab .\n-", min_size=1), st.booleans()), max_size=6))
def test_nothing_is_lost_and_each_place_keeps_one_mark(given_pieces: list[tuple[str, bool]]) -> None:
    pieces = [Piece(text, n * is_marked, is_marked=is_marked) for n, (text, is_marked) in enumerate(given_pieces, 1)]
    lines = list(lines_of(pieces))
    shown = "".join(piece.text for line in lines for piece in line.pieces)
    assert shown.replace("\n", "") == "".join(text for text, _mark in given_pieces).replace("\n", "")
    places = [piece.hit for line in lines for piece in line.pieces if piece.hit]
    assert places == [piece.hit for piece in pieces if piece.hit]


@pytest.mark.django_db
def test_the_contents_of_a_long_text_lead_to_all_its_pages(client: Client) -> None:
    text = "\n\n".join(f"# Chapter {n}\n\n{WORDS}\n\n## Part of {n}\n\n{WORDS}" for n in range(1, 41))
    make_document(slug="long", files=[text_file(words=text)])
    stored = StoredFile.objects.get()
    found = headings_of(stored)
    assert [heading.words for heading in found] == [f"Chapter {n}" for n in range(1, 41)], "80 headings are too many"
    assert {heading.part for heading in found} == set(range(1, stored.parts + 1))
    page = client.get("/en/library/long/read/en/").content.decode()
    last = found[-1]
    assert f'href="/en/library/long/read/en/{last.part}/#{last.anchor}"' in page
    assert len(found) <= MOST_HEADINGS


@pytest.mark.django_db
def test_of_too_many_uppermost_headings_each_page_names_its_first() -> None:
    text = "\n\n".join(f"# Chapter {n}\n\n{WORDS}" for n in range(1, 91))
    make_document(files=[text_file(words=text)])
    stored = StoredFile.objects.get()
    assert [heading.part for heading in headings_of(stored)] == list(range(1, stored.parts + 1))
