"""The lists of terms in the editors' screens: what an editor changes, stays; what has a use, too."""

from __future__ import annotations

import pytest

from platform_site.vocabulary.loading import load_vocabularies
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import vocabulary
from tests.factories import make_organisation, make_service
from tests.records.screens import form_data, press, screen

pytestmark = pytest.mark.django_db


def term(name: str, code: str) -> Term:
    return Term.objects.get(vocabulary=name, code=code)


def test_a_changed_label_holds_at_once_and_survives_the_next_load(client_for) -> None:
    shelter = term("service_types", "shelter")
    press(client_for("editor"), screen(Term, "edit", shelter.pk), label_en="Safe house", label_it="Casa protetta")
    assert vocabulary("service_types").label("shelter", "en") == "Safe house"
    report = load_vocabularies()
    assert (report.created, report.changed) == (0, 0)
    assert vocabulary("service_types").label("shelter", "it") == "Casa protetta"


def test_a_parent_that_was_taken_away_stays_away(client_for) -> None:
    shelter = term("service_types", "shelter")
    assert shelter.parent is not None
    press(client_for("editor"), screen(Term, "edit", shelter.pk), parent="")
    load_vocabularies()
    assert term("service_types", "shelter").parent is None


def test_a_new_term_and_a_retired_one_survive(client_for) -> None:
    client = client_for("editor")
    above = term("service_types", "accommodation")
    press(
        client,
        screen(Term, "add") + "?list=service_types",
        code="night_bus",
        parent=str(above.pk),
        label_en="Night bus",
        sort_order="900",
    )
    press(client, screen(Term, "edit", term("service_types", "shelter").pk), retired="on")
    load_vocabularies()
    assert "night_bus" in vocabulary("service_types").with_descendants("accommodation")
    assert "shelter" not in {entry.code for entry in vocabulary("service_types").offered()}


def test_list_and_code_are_fixed_once_the_term_is_made(client_for) -> None:
    shelter = term("service_types", "shelter")
    press(client_for("administrator"), screen(Term, "edit", shelter.pk), vocabulary="topics", code="other")
    stored = Term.objects.get(pk=shelter.pk)
    assert (stored.vocabulary, stored.code) == ("service_types", "shelter")


def test_a_parent_stands_in_the_same_list_and_not_below(client_for) -> None:
    above, below = term("service_types", "accommodation"), term("service_types", "shelter")
    client = client_for("editor")
    page = client.get(screen(Term, "edit", above.pk)).content.decode()
    offered = set(Term.objects.filter(vocabulary="service_types").values_list("pk", flat=True))
    from bs4 import BeautifulSoup

    options = BeautifulSoup(page, "html.parser").select('select[name="parent"] option')
    values = {int(option["value"]) for option in options if option["value"]}
    assert values <= offered
    assert not values & {above.pk, below.pk}
    for wrong in (below, term("topics", Term.objects.filter(vocabulary="topics").first().code)):
        assert press(client, screen(Term, "edit", above.pk), parent=str(wrong.pk)).status_code == 200
        assert term("service_types", "accommodation").parent is None


def test_what_was_typed_stays_when_something_is_wrong(client_for) -> None:
    answer = press(
        client_for("editor"), screen(Term, "add") + "?list=topics", code="not good", label_en="Typed", sort_order="1"
    )
    assert answer.status_code == 200
    data = form_data(answer.content.decode())
    assert (data["label_en"], data["code"], data["vocabulary"]) == (["Typed"], ["not good"], ["topics"])


def test_the_list_says_how_often_each_term_is_used(client_for) -> None:
    make_organisation(services=[make_service("shelter"), make_service("shelter")])
    page = client_for("editor").get(screen(Term, "list") + "?vocabulary=service_types&q=shelter")
    uses = {found.code: found.uses for found in page.context["object_list"]}
    assert uses["shelter"] == 2


def test_terms_are_found_by_any_label_and_narrowed_by_list(client_for) -> None:
    client = client_for("editor")
    found = client.get(screen(Term, "list") + "?q=Rumänisch").context["object_list"]
    assert [(row.vocabulary, row.code) for row in found] == [("languages", "ro")]
    found = client.get(screen(Term, "list") + "?vocabulary=ages").context["object_list"]
    assert {row.vocabulary for row in found} == {"ages"}
