"""Citations, read back by libraries that others wrote."""

from __future__ import annotations

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from library.citations import as_bibtex, as_ris, as_text
from tests.library.making import build_document, make_document

pytestmark = pytest.mark.django_db
PAGE = "https://example.org/en/library/document/"
TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60).filter(str.strip)


def test_a_document_as_ris() -> None:
    document = build_document(
        name="Return: a\nhandbook", authors="Rossi, Anna; Weber, Karl", issuer="An institute", published_on="2012-03",
        topics=["prevention"], summary="A *short* text.", address="https://example.org/a",
    )  # fmt: skip
    (entry,) = rispy.loads(as_ris([document], {None: PAGE}))
    assert entry["type_of_reference"] == "BOOK"
    assert entry["title"] == "Return: a handbook"
    assert entry["authors"] == ["Rossi, Anna", "Weber, Karl"]
    assert (entry["publisher"], entry["year"], entry["date"]) == ("An institute", "2012", "2012/03//")
    assert (entry["abstract"], entry["keywords"], entry["language"]) == ("A short text.", ["Prevention"], "en")
    assert entry["urls"] == ["https://example.org/a"]


def test_a_document_as_bibtex() -> None:
    document = build_document(
        kind="report", name="50 % of {all} & more_", authors="Rossi, Anna; Weber, Karl", issuer="A & B",
        published_on="2012-03-04", language="fr",
    )  # fmt: skip
    library = bibtexparser.parse_string(as_bibtex([document], {None: f"{PAGE}?a=1%20"}))
    assert not library.failed_blocks
    (entry,) = library.entries
    assert entry.entry_type == "techreport"
    fields = {key: field.value for key, field in entry.fields_dict.items()}
    assert fields["title"] == r"{50 \% of \{all\} \& more\_}"
    assert fields["author"] == "Rossi, Anna and Weber, Karl"
    assert (fields["institution"], fields["year"], fields["month"]) == (r"A \& B", "2012", "3")
    assert fields["language"] == "french"


@given(name=TEXT, issuer=TEXT, authors=TEXT)
def test_whatever_a_title_holds_it_can_be_read_back(name: str, issuer: str, authors: str) -> None:
    document = build_document(name=name, issuer=issuer, authors=authors, slug="one")
    (entry,) = rispy.loads(as_ris([document], {None: PAGE}))
    assert entry["title"] == " ".join(name.split())
    library = bibtexparser.parse_string(as_bibtex([document], {None: PAGE}))
    assert not library.failed_blocks
    assert len(library.entries) == 1


def test_a_citation_as_a_sentence() -> None:
    assert as_text(build_document(name="A", issuer="B", published_on="2012")) == ("B (2012), ", "A", ".")
    assert as_text(build_document(name="A", issuer="B", authors="C", adopted="2010")) == ("C (2010), ", "A", ", B.")
    assert as_text(build_document(name="A")) == ("", "A", ".")


@pytest.mark.parametrize(("ending", "count"), [("ris", "TY  - "), ("bib", "@book{")])
def test_citations_are_sent_as_files(client_for, ending: str, count: str) -> None:
    make_document(slug="one", name="First")
    make_document(slug="two", name="Second")
    make_document(name="Hidden", audience="members")
    client = client_for("anonymous")
    one = client.get(f"/en/library/one/citation.{ending}")
    assert one.content.decode().count(count) == 1
    assert one["Content-Disposition"] == f'attachment; filename="one.{ending}"'
    everything = client.get(f"/en/library/?format={ending}").content.decode()
    assert everything.count(count) == 2
    assert "Hidden" not in everything
