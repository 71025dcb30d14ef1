"""What the rows of the list of case studies say of a chosen theme, tick or way of contact."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from platform_site.records.services import publish_record
from practices.cases.excerpts import LONGEST, cut
from practices.cases.template import GROUPS, question_of
from practices.models import CaseStudy
from tests.factories import ROLES, make_case

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]
PAPERS = "She had no papers. The formalities at the consulate took months."
LONG = f"{'Many other things stood in the way of the two partners. ' * 12}In the end the formalities took months."
THEME = "?obstacle=bureaucratic_procedures"


def said(client: Client, query: str, language: str = "en") -> dict[str, tuple[str, str, str, str]]:
    """Return by title the link, its place, the excerpt and its language, for the rows that say something."""
    answer = client.get(f"/{language}/case-studies/{query}")
    assert answer.status_code == 200
    found = {}
    for row in BeautifulSoup(answer.content, "html.parser").select(".case-row"):
        if line := row.select_one(".case-says"):
            words = line.select_one(".case-words")
            link = " ".join(line.a.get_text().split())
            found[row.h3.get_text()] = (link, line.a["href"], words.get_text(), words.get("lang", ""))
    return found


def themed(*, answers: str = "4", **values: object) -> CaseStudy:
    case = make_case(themes={"obstacle": ("bureaucratic_procedures",)}, **values)
    draft = case.get_latest_revision_as_object()
    row = draft.themes.all()[0]
    row.answers = answers
    draft.themes = [row]
    publish_record(record=draft)
    return CaseStudy.objects.get(pk=case.pk)


def test_each_group_with_an_answer_in_words_shows_it(client: Client) -> None:
    for group in GROUPS:
        question = question_of(group)
        code = next(iter(group.options)).short_code
        field = {"themes" if group.is_theme else "ticks": {group.key: (code,)}}
        if group.key == "cooperation":
            field = {"cooperation": (code,)}
        text = {question.name: f"Words on {group.key}."} if question.name else {}
        case = make_case(title=f"Of {group.key}", text={"answer_4": "Answer four.", **text}, **field)
        found = said(client, f"?{group.key}={code}").get(case.title)
        if not question.name:
            assert found is None, group.key
            continue
        # Themes of the factory are found in answer 4.
        number, words = (4, text.get("answer_4", "Answer four.")) if group.is_theme else (
            question.number, text[question.name]
        )  # fmt: skip
        assert found is not None, group.key
        assert found[1:] == (f"/en/case-studies/{case.case_no}/#question-{number}", words, ""), group.key
        assert found[0].startswith(f"{case.title}: What the case says: "), group.key


def test_a_list_without_a_choice_stays_as_it_is(client: Client) -> None:
    themed(title="A case")
    for query in ("", "?q=papers", "?country=RO", "?gender=female", "?sort=country", "?obstacle=no-such"):
        assert said(client, query) == {}, query


def test_the_answer_is_the_one_that_editors_name(client: Client) -> None:
    case = themed(title="In ten", answers="10", text={"answer_10": "Ten: the forms came late."})
    assert said(client, THEME)["In ten"][1:3] == (
        f"/en/case-studies/{case.case_no}/#question-10", "Ten: the forms came late.",
    )  # fmt: skip
    themed(title="In two", answers="4, 10", text={"answer_4": "Other things.", "answer_10": "The formalities."})
    assert said(client, THEME)["In two"][2] == "The formalities."
    themed(title="Nowhere", answers="", text={"answer_4": "Four."})
    assert said(client, THEME)["Nowhere"][2] == "Four."
    themed(title="Left open", answers="8", text={"answer_8": ""})
    assert "Left open" not in said(client, THEME)


def test_the_excerpt_is_cut_round_the_words(client: Client) -> None:
    themed(title="Long", text={"answer_4": LONG})
    words = said(client, THEME)["Long"][2]
    assert len(words) <= LONGEST
    assert words.startswith("… ")
    assert words.endswith("In the end the formalities took months.")
    # What the reader looks for counts before the words of the label.
    themed(title="Two", text={"answer_4": f"A donkey came. {LONG}"})
    assert said(client, f"{THEME}&q=donkey")["Two"][2].startswith("A donkey came. Many")


def test_the_language_is_the_readers_or_said(client: Client) -> None:
    themed(title="Both", text={"answer_4": PAPERS}, translations={"fr": {"title": "Deux", "answer_4": "Sans papiers."}})
    themed(title="Half", text={"answer_4": PAPERS}, translations={"fr": {"title": "Demi"}})
    found = said(client, THEME, "fr")
    assert found["Deux"][2:] == ("Sans papiers.", "")
    assert found["Demi"][2:] == (PAPERS, "en")
    assert said(client, THEME, "de")["Both"][2:] == (PAPERS, "en")


def test_a_wider_option_shows_the_answer_of_the_narrower_one(client: Client) -> None:
    make_case(title="Narrow", cooperation=("assisted_return",), text={"answer_1": "Both rang each other."})
    for query in ("?cooperation=assisted_return", "?cooperation=assisted_return&cooperation=tracing"):
        assert said(client, query)["Narrow"][2] == "Both rang each other."


def test_the_answer_to_a_tick_is_the_one_that_has_its_words(client: Client) -> None:
    answers = {"answer_1": "The two houses rang each other.", "answer_8": "The consulate issued the documents."}
    case = make_case(title="Papers", cooperation=("documents",), text=answers)
    assert said(client, "?cooperation=documents")["Papers"][1:3] == (
        f"/en/case-studies/{case.case_no}/#question-8", "The consulate issued the documents.",
    )  # fmt: skip
    make_case(title="No words", cooperation=("documents",), text={"answer_1": "Both rang.", "answer_8": "They met."})
    assert said(client, "?cooperation=documents")["No words"][2] == "Both rang."


def test_only_who_reads_the_case_reads_the_answer(client_for: ClientFor) -> None:
    themed(title="For all", text={"answer_4": "Open words."})
    themed(title="For members", audience="members", text={"answer_4": "Secret words."})
    for role in ROLES:
        found = said(client_for(role), THEME)
        may = role in {"member", "editor", "reviewer", "administrator"}
        assert set(found) == ({"For all", "For members"} if may else {"For all"}), role


def test_marks_and_markup_stay_out(client: Client) -> None:
    themed(
        title="Marked", text={"answer_4": "- **Papers** & <b>forms</b>\n- a [link](https://example.org)\n\nThe end."}
    )
    assert said(client, THEME)["Marked"][2] == "Papers & <b>forms</b>; a link; The end."


def test_more_rows_cost_no_more_queries_and_little_weight(client: Client) -> None:
    def price() -> int:
        client.get(f"/en/case-studies/{THEME}")
        with CaptureQueriesContext(connection) as context:
            client.get(f"/en/case-studies/{THEME}")
        return len(context)

    for number in range(3):
        themed(title=f"A case {number}", text={"answer_4": LONG})
    before = price()
    for number in range(5):
        themed(title=f"Another case {number}", text={"answer_4": LONG})
    assert price() == before <= 12
    assert all(len(one[2]) <= LONGEST for one in said(client, THEME).values())


CUTS = [
    ("Short.", ["nothing"], "Short."),
    ("", ["nothing"], ""),
    ("a" * 400, [], "a" * 298),
    (f"{'x ' * 300}Tür zu", ["tur"], "Tür zu"),
    (f"{'x ' * 300}formality words", ["formalities"], "formality words"),
]


@pytest.mark.parametrize(("answer", "terms", "part"), CUTS)
def test_a_cut(answer: str, terms: list[str], part: str) -> None:
    _hits, words = cut(answer, terms)
    assert part in words
    assert len(words) <= LONGEST
