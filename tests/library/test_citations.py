"""Citations, read back by libraries that others wrote."""

from __future__ import annotations

import datetime as dt

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import NameParts, SeparateCoAuthors, SplitNameParts
from hypothesis import given
from hypothesis import strategies as st

from library.citations import as_bibtex, as_ris, as_text, authors_of
from tests.library.making import build_document, make_document, make_pdf, text_file

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


def names_in_bibtex(text: str) -> list[NameParts]:
    library = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry.fields_dict["author"].value


# As typed; as RIS has it; family name with what stands before it, and given names, as BibTeX is read.
NAMES = [
    ("Varga I.", "Varga, I.", "Varga", "I."),
    ("Varga I. M.", "Varga, I. M.", "Varga", "I. M."),
    ("Varga J.R.", "Varga, J.R.", "Varga", "J.R."),
    ("van den Berg A.-M.", "van den Berg, A.-M.", "van den Berg", "A.-M."),
    ("d'Angelo É.", "d'Angelo, É.", "d'Angelo", "É."),
    ("García Márquez G.", "García Márquez, G.", "García Márquez", "G."),
    ("Costa e Silva J.", "Costa e Silva, J.", "Costa e Silva", "J."),
    ("Ștefănescu-Ionescu Ț.", "Ștefănescu-Ionescu, Ț.", "Ștefănescu-Ionescu", "Ț."),
    ("Иванов А. Б.", "Иванов, А. Б.", "Иванов", "А. Б."),
    ("Rossi, Anna", "Rossi, Anna", "Rossi", "Anna"),
    ("Rossi, A.", "Rossi, A.", "Rossi", "A."),
    ("Waymark", "Waymark", "{Waymark}", ""),
    ("Council of Europe", "Council of Europe", "{Council of Europe}", ""),
    ("Ministry of Labour and Family", "Ministry of Labour and Family", "{Ministry of Labour and Family}", ""),
    ("Labour, Family and Youth", "Labour, Family and Youth", "{Labour, Family and Youth}", ""),
    ("A, B, C, D", "A, B, C, D", "{A, B, C, D}", ""),
    ("Working group on return B.", "Working group on return B.", "{Working group on return B.}", ""),
    ("Article 4 A.", "Article 4 A.", "{Article 4 A.}", ""),
    ("Haus e.V.", "Haus e.V.", "{Haus e.V.}", ""),
    ("Rossi & Weber, Lawyers", "Rossi & Weber, Lawyers", r"{Rossi \& Weber, Lawyers}", ""),
    ("A.B.", "A.B.", "{A.B.}", ""),
]


@pytest.mark.parametrize(("typed", "ris", "family", "given_names"), NAMES)
def test_names_as_printed_are_read_as_family_and_given_names(
    typed: str, ris: str, family: str, given_names: str
) -> None:
    document = build_document(name="A", authors=f"{typed}; Weber, Karl")
    (entry,) = rispy.loads(as_ris([document], {None: PAGE}))
    assert entry["authors"] == [ris, "Weber, Karl"]
    first, second = names_in_bibtex(as_bibtex([document], {None: PAGE}))
    assert (" ".join([*first.von, *first.last]), " ".join(first.first)) == (family, given_names)
    assert (second.last, second.first) == (["Weber"], ["Karl"])
    assert as_text(document)[0].startswith(f"{typed}; Weber, Karl (")


@given(authors=TEXT.filter(lambda text: text.strip(" ;")))
def test_whatever_is_typed_as_authors_bibtex_reads_as_many_names(authors: str) -> None:
    document = build_document(name="A", authors=authors, slug="one")
    names = names_in_bibtex(as_bibtex([document], {None: PAGE}))
    assert len(names) == len(authors_of(document))


def test_a_citation_as_a_sentence() -> None:
    assert as_text(build_document(name="A", issuer="B", published_on="2012")) == ("B (2012), ", "A", ".")
    assert as_text(build_document(name="A", issuer="B", authors="C", adopted="2010")) == ("C (2010), ", "A", ", B.")
    assert as_text(build_document(name="A")) == ("", "A", ".")


def test_a_citation_has_number_address_and_day_of_access() -> None:
    convention = {"kind": "convention", "instruments": [("coe_convention_trafficking", "art. 13")], "issuer": "B"}
    web = {"address": "https://example.org/a", "checked_on": dt.date(2026, 1, 2)}
    document = build_document(name="A", adopted="2005-05-03", **convention, **web)
    ending = ", CETS No. 197, https://example.org/a (accessed 2 January 2026)."
    assert as_text(document, PAGE) == ("B (2005), ", "A", ending)
    assert as_text(build_document(name="A", issuer="B"), PAGE)[2] == f", {PAGE}."
    assert as_text(build_document(name="Checklist 2025", published_on="2025"))[2] == "."
    report = build_document(name="A", instruments=[("coe_convention_trafficking", "")])
    assert "CETS" not in as_text(report)[2]
    (entry,) = rispy.loads(as_ris([document], {None: PAGE}))
    assert (entry["number"], entry["urls"]) == ("CETS No. 197", ["https://example.org/a"])
    assert entry["access_date"] == "2026/01/02/"
    (own,) = rispy.loads(as_ris([report], {None: PAGE}))
    assert own["urls"] == [PAGE]
    assert "number = {CETS No. 197}" in as_bibtex([document], {None: PAGE})


def test_a_page_or_section_of_a_text_is_cited_by_its_anchor(client_for) -> None:
    files = [("en", "one.pdf", make_pdf(["Words that are enough."] * 2)), text_file("two.txt")]
    make_document(slug="one", name="First", issuer="B", published_on="2012", files=files)
    make_document(slug="hidden", name="Hidden", audience="members", files=[text_file()])
    client = client_for("anonymous")
    page = client.get("/en/library/one/read/en/").content.decode()
    assert "B (2012), <cite>First</cite>, p. 1, http://testserver/en/library/one/read/en/at/page-1/." in page
    assert '<option value="page-2">p. 2</option>' in page
    address = "http://testserver/en/library/one/read/en/at/page-2/"
    cited = {
        ending: client.get(f"/en/library/one/citation.{ending}?file=en&section=page-2").content.decode()
        for ending in ("txt", "ris", "bib")
    }
    assert cited["txt"] == f"B (2012), First, p. 2, {address}.\n"
    assert rispy.loads(cited["ris"])[0]["urls"] == [address]
    assert "note = {p. 2}" in cited["bib"]
    assert "“Beginning”" in client.get("/en/library/one/citation.txt?file=en-2&section=beginning").content.decode()
    assert client.get("/en/library/one/citation.txt").content.decode().endswith("http://testserver/en/library/one/.\n")
    for query in ("file=en&section=page-3", "file=xx&section=page-1", "section=page-1", "file=en&section=%00"):
        answer = client.get(f"/en/library/one/citation.txt?{query}").status_code
        assert answer == (200 if query.endswith("%00") else 404)
    assert client.get("/en/library/hidden/citation.txt?file=en&section=beginning").status_code == 404


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
