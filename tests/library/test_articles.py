"""The articles of legal instruments: what each is about, found by these words, read on the page of the instrument."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from library.articles import article_number, find_articles
from platform_site.vocabulary.articles import ARTICLES, article_parts
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import vocabulary
from tests.library.making import make_document
from tests.pages import page_of, words
from tests.records.screens import press, screen

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]
CONVENTION = "coe_convention_trafficking"
PAGE = f"/en/legal-instruments/{CONVENTION}/"


def test_every_article_of_the_list_has_an_instrument_and_a_number() -> None:
    for entry in vocabulary(ARTICLES):
        instrument, number = article_parts(entry.code)
        assert instrument in vocabulary("legal_instruments"), entry.code
        assert entry.attributes == {"instrument": instrument, "article": number}


FOUND = [
    ("article 13", f"{CONVENTION}/13"),
    ("Art. 13 Europarat", f"{CONVENTION}/13"),
    ("council of europe 13", f"{CONVENTION}/13"),
    ("artículo 18a", "directive_2011_36/18a"),
    ("reflection period", f"{CONVENTION}/13"),
    ("REFLECTION periods", f"{CONVENTION}/13"),
    ("period, reflection", f"{CONVENTION}/13"),
    ("convention reflection period", f"{CONVENTION}/13"),
    ("delai de reflexion", f"{CONVENTION}/13"),
    ("Bedenkzeit", f"{CONVENTION}/13"),
    ("bedenk", f"{CONVENTION}/13"),
    ('"periodo di riflessione"', "directive_2004_81/6"),
    ("directive reflection", "directive_2004_81/6"),
    ("aide aux victimes", "directive_2011_36/11"),
    ("compensation scheme", "directive_2004_80/12"),
]
NOT_FOUND = ["", "a", "of", "reflection donkey", "article", "13", "convention", "délai Bedenkzeit", "%", "\x00"]


@pytest.mark.parametrize(("query", "code"), FOUND)
def test_an_article_is_found_by_all_words_of_one_language(query: str, code: str) -> None:
    assert code in [article.entry.code for article in find_articles(query)][:2]


@pytest.mark.parametrize("query", NOT_FOUND)
def test_other_words_find_no_article(query: str) -> None:
    assert find_articles(query) == []


def test_words_as_they_stand_come_before_their_beginnings() -> None:
    found = [article.entry.code for article in find_articles("protect victims")]
    assert found
    exact = [article.entry.code for article in find_articles("protection")]
    assert len(exact) > 5
    assert all("protection" in vocabulary(ARTICLES)[code].label("en").casefold() for code in exact[:5])


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it"])
def test_three_clicks_lead_to_the_article_although_no_document_names_it(client: Client, language: str) -> None:
    query = {"en": "reflection", "fr": "réflexion", "de": "Bedenkzeit", "es": "reflexión", "it": "riflessione"}
    page = page_of(client, f"/{language}/library/?q={query[language]}")
    links = page.select(".articles-found li a")
    assert len(links) == 2
    address, _hash, anchor = links[0]["href"].partition("#")
    assert address == f"/{language}/legal-instruments/{CONVENTION}/"
    place = page_of(client, address).find(id=anchor)
    assert place is not None
    assert vocabulary(ARTICLES)[f"{CONVENTION}/13"].label(language) in words(place)


def test_the_block_shows_five_and_leads_to_all(client: Client) -> None:
    page = page_of(client, "/en/library/?q=victims")
    total = len(find_articles("victims"))
    assert total > 5
    assert len(page.select(".articles-found li")) == 5
    link = page.select_one(".articles-found p a")
    assert words(link) == f"All {total} in the legal instruments"
    every = page_of(client, link["href"])
    assert len(every.select(".articles-found li")) == total
    assert not every.select(".articles-found p a")


def test_a_list_without_words_and_a_second_page_have_no_block(client: Client) -> None:
    assert not page_of(client, "/en/library/").select(".articles-found")
    for number in range(22):
        make_document(name=f"Compensation {number}")
    assert page_of(client, "/en/library/?q=compensation").select(".articles-found")
    assert not page_of(client, "/en/library/?q=compensation&page=2").select(".articles-found")


def test_the_instruments_say_how_many_articles_and_find_them(client: Client) -> None:
    page = page_of(client, "/en/legal-instruments/")
    link = page.select_one(f'a[href="{PAGE}#articles"]')
    count = sum(entry.code.startswith(f"{CONVENTION}/") for entry in vocabulary(ARTICLES))
    assert words(link) == f"{count} articles"
    assert "No article is about that" in words(page_of(client, "/en/legal-instruments/?q=donkeys"))
    for query in ("%00", "x" * 5000, "%22", "q=1&q=2"):
        assert client.get(f"/en/legal-instruments/?q={query}").status_code == 200


NUMBERS = [
    ("art. 13", "13", True),
    ("Article 13", "13", True),
    ("Artículo 18a", "18a", True),
    ("Artikel 4", "4", True),
    ("§ 25", "25", True),
    ("13", "13", True),
    ("art. 3 (a)", "3", False),
    ("arts. 18–19", "18", False),
    ("Annex 1", "", False),
    ("recital 7", "", False),
    ("", "", False),
]


@pytest.mark.parametrize(("written", "number", "is_whole"), NUMBERS)
def test_the_number_of_an_article_is_read_as_editors_write_it(written: str, number: str, is_whole: bool) -> None:
    assert article_number(written) == (number, is_whole)


def test_documents_stand_at_their_article_once_in_the_order_of_numbers(client: Client) -> None:
    make_document(name="A plain one", instruments=[(CONVENTION, "art. 13")])
    make_document(name="B says it too", instruments=[(CONVENTION, "Article 13", "Recovery and reflection period")])
    make_document(name="C says more", instruments=[(CONVENTION, "art. 13 (1)", "thirty days")])
    make_document(name="D the list has not", instruments=[(CONVENTION, "art. 38", "country visits")])
    make_document(name="E neither", instruments=[(CONVENTION, "", "spirit of the treaty")])
    page = page_of(client, PAGE)
    places = page.select(".articles > li")
    anchors = [place["id"] for place in places]
    assert len(set(anchors)) == len(anchors)
    numbers = [int(re.sub(r"\D", "", anchor)) for anchor in anchors if anchor.startswith("article-")]
    assert numbers == sorted(numbers)
    assert anchors[-1] == "about-spirit-of-the-treaty"
    thirteen = page.find(id="article-13")
    assert [words(line) for line in thirteen.select("li")] == [
        "A plain one", "B says it too", "C says more art. 13 (1): thirty days",
    ]  # fmt: skip
    assert words(page.find(id="article-38")) == "art. 38 country visits D the list has not"


def test_an_article_that_an_editor_adds_is_found_and_one_of_nothing_is_refused(client_for: ClientFor) -> None:
    values = {"label_en": "Security of papers", "sort_order": "900"}
    add = screen(Term, "add") + f"?list={ARTICLES}"
    press(client_for("editor"), add, code=f"{CONVENTION}/8", **values)
    assert [article.entry.code for article in find_articles("security papers")] == [f"{CONVENTION}/8"]
    assert "Security of papers" in words(page_of(client_for("anonymous"), PAGE).find(id="article-8"))
    Term.objects.filter(vocabulary=ARTICLES, code=f"{CONVENTION}/8").first().delete()
    for code in ("nothing/8", CONVENTION, f"{CONVENTION}/", f"{CONVENTION}/x"):
        with pytest.raises(ValidationError, match="slash"):
            Term(vocabulary=ARTICLES, code=code, label_en="No").full_clean()


def test_a_retired_article_is_not_offered(client: Client) -> None:
    term = Term.objects.get(vocabulary=ARTICLES, code=f"{CONVENTION}/13")
    term.retired = True
    term.save()
    assert [article.entry.code for article in find_articles("reflection period")] == ["directive_2004_81/6"]
    assert page_of(client, PAGE).find(id="article-13") is None
