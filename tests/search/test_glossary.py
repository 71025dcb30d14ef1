"""The glossary: what it lists, how it is filtered, its entries, its screens, abbreviations in packages."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from platform_site.records.packages.exporting import export_package
from platform_site.records.packages.running import import_package
from platform_site.records.services import publish_record, save_draft
from platform_site.vocabulary import versions
from search.models import Abbreviation, Concept, ConceptLabel, ConceptRelation, ConceptText
from tests.costs import queries
from tests.importing.conftest import files_of
from tests.search.making import build_concept, make_abbreviation, make_concept
from tests.ui.sheets import findings

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr", "de", "es", "it")


def page(client: Client, address: str) -> lxml.html.HtmlElement:
    """Return the tree of a page that answers 200."""
    response = client.get(address)
    assert response.status_code == 200, address
    return lxml.html.document_fromstring(response.content.decode())


def titles(tree: lxml.html.HtmlElement) -> list[str]:
    """Return the concepts of the list."""
    return [element.text_content() for element in tree.xpath("//h3[contains(@class, 'row-title')]/a")]


@pytest.fixture
def own() -> None:
    """No concepts but two that a test can name."""
    concepts = Concept.objects.filter(live=True)
    concepts.update(live=False)
    make_concept(
        "tide",
        ("en", "spring tide", "pref"),
        ("en", "king tide", "alt"),
        ("en", "SPQT", "acronym"),
        ("en", "sprng tide", "hidden"),
        ("fr", "étale", "pref"),
        note="High *water*.",
    )
    make_concept("moon", ("en", "full moon", "pref"), related=[Concept.objects.get(code="tide")])


# --- the list ---------------------------------------------------------------------------------------------------
def test_concepts_stand_by_letter_in_the_readers_language(client: Client, own: None) -> None:
    tree = page(client, "/en/glossary/")
    assert titles(tree) == ["full moon", "spring tide"]
    assert [heading.text_content() for heading in tree.xpath("//main//h2")] == ["F", "S"]
    assert "High water." in tree.text_content()
    assert "king tide, SPQT" in tree.text_content()
    tree = page(client, "/fr/glossary/")
    assert titles(tree) == ["étale", "full moon"]
    assert [heading.text_content() for heading in tree.xpath("//main//h2")] == ["E", "F"]
    (other,) = tree.xpath("//h3[@lang]")
    assert (other.get("lang"), other.text_content()) == ("en", "full moon")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("king", ["spring tide"]),
        ("tide spr", ["spring tide"]),
        ("ETALE", ["spring tide"]),
        ("sprng", ["spring tide"]),
        ("moon", ["full moon"]),
        ("moon tide", []),
        ("%00", ["full moon", "spring tide"]),
    ],
)
def test_words_filter_by_all_labels(client: Client, own: None, words: str, wanted: list[str]) -> None:
    assert titles(page(client, f"/en/glossary/?q={words}")) == wanted


def test_nothing_found_says_so_and_keeps_the_words(client: Client, own: None) -> None:
    tree = page(client, "/en/glossary/?q=%3Cb%3Enone")
    assert "No entry has these words." in tree.text_content()
    assert tree.xpath("//input[@name='q' and not(@type='hidden')]/@value")[-1] == "<b>none"


def test_hidden_labels_are_shown_nowhere(client: Client, own: None) -> None:
    for address in ("/en/glossary/", "/en/glossary/?q=sprng", "/en/glossary/tide/"):
        assert "sprng tide" not in page(client, address).xpath("//main")[0].text_content()


def test_abbreviations_stand_below_with_their_concept(client: Client, own: None) -> None:
    make_abbreviation("SPQT", "Spring Quick Tide", "concept")
    make_abbreviation("ÄBC", "First of all")
    tree = page(client, "/en/glossary/")
    rows = tree.xpath("//section[@id='abbreviations']//dl/div")
    assert [row.find("dt").text_content().strip() for row in rows] == ["ÄBC", "SPQT"]
    assert " ".join(rows[1].find("dd").text_content().split()) == "Spring Quick Tide concept · spring tide"
    assert rows[1].xpath("dd//a/@href") == ["/en/glossary/tide/"]
    assert titles(page(client, "/en/glossary/?q=first+all")) == []
    assert "ÄBC" in page(client, "/en/glossary/?q=first+all").text_content()


def test_more_entries_cost_no_more_queries(client: Client) -> None:
    make_abbreviation("AAA", "First")
    before = queries(client, "/en/glossary/")
    for number in range(5):
        make_concept(f"zz{number}", ("en", f"zz label {number}", "pref"), note="A note.")
        make_abbreviation(f"AA{number}", "Another")
    assert queries(client, "/en/glossary/") == before


@pytest.mark.parametrize("address", ["/en/glossary/", "/de/glossary/forced_labour/", "/fr/glossary/abbreviations/aaa/"])
def test_pages_ask_for_the_style_sheets_that_they_need(client: Client, address: str) -> None:
    make_abbreviation("AAA", "First")
    assert findings(client.get(address).content.decode()) == []


# --- entries ----------------------------------------------------------------------------------------------------
def test_an_entry_says_what_it_means_and_what_it_is_called(client: Client, own: None) -> None:
    tree = page(client, "/en/glossary/tide/")
    assert tree.xpath("//h1")[0].text_content() == "spring tide"
    assert tree.xpath("//div[contains(@class, 'read')]//em")[0].text_content() == "water"
    words = tree.xpath("//ul[@class='other-words']/li")
    assert [word.text_content() for word in words] == ["SPQT", "king tide"]
    (other,) = tree.xpath("//dd[@lang]")
    assert (other.get("lang"), other.text_content().strip()) == ("fr", "étale")
    assert tree.xpath("//section[@class='near']//a/@href") == ["/en/glossary/moon/"], "said by the other one"


def test_an_entry_in_another_language_says_which_text_it_has(client: Client, own: None) -> None:
    tree = page(client, "/fr/glossary/tide/")
    assert tree.xpath("//h1")[0].text_content() == "étale"
    assert tree.xpath("//div[contains(@class, 'read')]/@lang") == ["en"]
    assert page(client, "/de/glossary/tide/").xpath("//h1/@lang") == ["en"]


def test_broader_and_narrower_lead_to_each_other(client: Client) -> None:
    top = make_concept("top", ("en", "topmost thing", "pref"))
    make_concept("low", ("en", "lowest thing", "pref"), broader=[top])
    assert page(client, "/en/glossary/low/").xpath("//section[@class='near']//a/@href") == ["/en/glossary/top/"]
    headings = page(client, "/en/glossary/top/").xpath("//section[@class='near']/h2")
    assert [heading.text_content() for heading in headings] == ["Narrower"]


def test_drafts_and_members_concepts_are_not_there_for_visitors(client: Client, client_for) -> None:
    public = make_concept("open", ("en", "open thing", "pref"))
    make_concept("inside", ("en", "inside thing", "pref"), audience="members", related=[public])
    save_draft(record=build_concept("draft", ("en", "draft thing", "pref"), related=[public]))
    for code in ("inside", "draft", "nowhere"):
        assert client.get(f"/en/glossary/{code}/").status_code == 404
    assert page(client, "/en/glossary/open/").xpath("//section[@class='near']") == []
    assert "inside thing" not in client.get("/en/glossary/?q=thing").content.decode()
    member = client_for("member")
    assert "inside thing" in member.get("/en/glossary/open/").content.decode()


def test_an_abbreviation_leads_to_its_concept(client: Client, own: None) -> None:
    make_abbreviation("SPQT", "Spring Quick Tide")
    tree = page(client, "/en/glossary/abbreviations/spqt/")
    assert "Spring Quick Tide" in tree.text_content()
    assert "/en/glossary/tide/" in tree.xpath("//main//a/@href")


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_of_the_projects_thesaurus_opens(client: Client, language: str) -> None:
    for code in Concept.objects.values_list("code", flat=True):
        html = client.get(f"/{language}/glossary/{code}/").content.decode()
        assert findings(html) == [], code


# --- the editors' screens ---------------------------------------------------------------------------------------
def test_an_editor_writes_a_concept_and_a_reviewer_sees_its_preview(client_for) -> None:
    editor = client_for("editor")
    part = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
    data = {
        "code": "beacon",
        "audience": "public",
        **{f"labels-{name}": value for name, value in part.items()},
        "labels-0-language": "en",
        "labels-0-kind": "pref",
        "labels-0-label": "sea beacon",
        "labels-0-expand": "on",
        "labels-0-ORDER": "1",
        **{
            f"{rows}-{name}": "0" if name == "TOTAL_FORMS" else value
            for rows in ("relations", "texts")
            for name, value in part.items()
        },
    }
    response = editor.post(reverse("wagtailsnippets_search_concept:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    concept = Concept.objects.get(code="beacon")
    assert (concept.live, concept.name) == (False, "sea beacon")
    screen = editor.get(reverse("wagtailsnippets_search_concept:edit", args=[concept.pk]))
    assert "sea beacon" in screen.content.decode()


def test_the_desk_lists_concepts_and_abbreviations(client_for) -> None:
    make_abbreviation("AAA", "First of all", "network")
    editor = client_for("editor")
    before = queries(editor, reverse("wagtailsnippets_search_concept:list") + "?q=forced")
    assert (
        "forced_labour"
        in editor.get(reverse("wagtailsnippets_search_concept:list") + "?q=travail+forc").content.decode()
    )
    make_concept("forced_x", ("en", "forced x", "pref"))
    assert queries(editor, reverse("wagtailsnippets_search_concept:list") + "?q=forced") == before
    assert "First of all" in editor.get(reverse("wagtailsnippets_search_abbreviation:list")).content.decode()
    assert b"forced_labour" in b"".join(
        editor.get(reverse("wagtailsnippets_search_concept:list") + "?export=csv&q=forced").streaming_content
    )


# --- packages ---------------------------------------------------------------------------------------------------
@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with abbreviations as a secretariat would write them."""
    folder = tmp_path / "package"
    folder.mkdir()
    lines = [
        "abbreviation,full form,kind",
        "Ab.Cé,A Body of Case Études,body",
        'T-Q,"Tide, Quick",type of organisation',
        "XYZ,Nothing said,",
    ]
    (folder / "abbreviations.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_abbreviations_go_in_and_come_out_equal(package: Path, tmp_path: Path) -> None:
    report = import_package(package)
    assert (report.problems, report.without_place) == ([], {})
    found = {row.name: row.kind_entry.code if row.kind_entry else "" for row in Abbreviation.objects.visible_to(None)}
    assert found == {"Ab.Cé": "body", "T-Q": "organisation_type", "XYZ": ""}
    export_package(tmp_path / "out")
    assert (tmp_path / "out" / "abbreviations.csv").read_bytes() == (package / "abbreviations.csv").read_bytes()
    assert import_package(tmp_path / "out").changed == []


def test_an_unknown_kind_is_refused(package: Path) -> None:
    table = package / "abbreviations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",body", ",boddy"), encoding="utf-8")
    (problem,) = import_package(package).problems
    assert "kind: 'boddy' is no code of the list 'abbreviation_kinds'" in str(problem)


def test_the_projects_thesaurus_is_no_part_of_an_export(tmp_path: Path) -> None:
    export_package(tmp_path / "out")
    assert not list((tmp_path / "out").glob("concept*"))


def test_own_and_changed_concepts_travel_with_all_they_have(tmp_path: Path) -> None:
    shelter = Concept.objects.get(code="forced_labour")
    shelter.labels = [
        *shelter.labels.all(),
        ConceptLabel(language="en", label="bonded zwork", kind="alt", sort_order=99),
    ]
    publish_record(record=shelter)
    low = make_concept("alow", ("en", "lowest thing", "pref"), ("fr", "chose basse", "hidden", False), note="A *note*.")
    high = make_concept("zhigh", ("en", "highest thing", "pref"), related=[low, shelter], audience="members")
    low.relations = [ConceptRelation(kind="broader", other=high)]
    low.texts = [*low.texts.all(), ConceptText(language="de", scope_note="Eine Notiz.")]
    publish_record(record=low)
    export_package(tmp_path / "out")
    first = files_of(tmp_path / "out")
    assert set(first) >= {"concepts.csv", "concept_labels.csv", "concept_relations.csv", "concept_texts.csv"}
    assert [line.split(",")[0] for line in first["concepts.csv"].splitlines()] == [
        "code",
        "forced_labour",
        "alow",
        "zhigh",
    ]

    ConceptRelation.objects.filter(concept__in=[low, high]).delete()
    Concept.objects.filter(code__in=["alow", "zhigh"]).delete()
    ConceptLabel.objects.filter(label="bonded zwork").delete()
    Concept.objects.filter(code="forced_labour").update(latest_revision=None, live_revision=None)
    versions.bump("concept")
    report = import_package(tmp_path / "out")
    assert (report.problems, report.kept) == ([], [])
    assert ConceptLabel.objects.filter(concept__code="forced_labour", label="bonded zwork").exists()
    low = Concept.objects.get(code="alow")
    assert [row.other.code for row in low.relations.all()] == ["zhigh"]
    export_package(tmp_path / "again")
    again = files_of(tmp_path / "again")
    for name in ("concept_labels.csv", "concept_relations.csv", "concept_texts.csv"):
        assert sorted(again[name].splitlines()) == sorted(first[name].splitlines()), name
    assert import_package(tmp_path / "again").changed == []
