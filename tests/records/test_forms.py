"""Forms of records: terms in fields, nested rows, what stays as it was."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from directory.models import Organisation, Service
from platform_site.records.admin_views import comment_of
from platform_site.records.forms import terms_form
from platform_site.records.forms_terms import TermChoiceField, TermsField, term_choices
from platform_site.records.services import publish_record, save_draft
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import term_id, vocabulary
from tests.factories import (
    build_organisation,
    make_chart,
    make_draft_organisation,
    make_organisation,
    make_service,
    make_user,
)
from tests.records.screens import form_data, press, screen

pytestmark = pytest.mark.django_db


def retire(name: str, code: str) -> None:
    term = Term.objects.get(vocabulary=name, code=code)
    term.retired = True
    term.save()


def test_terms_stand_below_their_parents_in_the_language_of_the_editor() -> None:
    with translation.override("de"):
        labels = [label for _code, label in term_choices("service_types")]
    shelter = next(label for label in labels if label.strip() == "Schutzunterkunft")
    above = next(label for label in labels if label.strip() == "Unterbringung")
    assert shelter.startswith("\u2003")
    assert not above.startswith("\u2003")
    assert labels.index(above) < labels.index(shelter)


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it"])
@pytest.mark.parametrize("name", ["countries", "languages"])
def test_countries_and_languages_stand_by_name_in_the_language_of_the_editor(name: str, language: str) -> None:
    with translation.override(language):
        labels = [label for _code, label in term_choices(name)]
        stored = TermsField(name).clean(["ro", "de"] if name == "languages" else ["RO", "DE"])
    assert labels == sorted(labels, key=sort_text)
    assert stored == (["de", "ro"] if name == "languages" else ["DE", "RO"]), "not in the order of the labels"


def test_accents_count_for_nothing_in_an_order() -> None:
    with translation.override("de"):
        labels = [label for _code, label in term_choices("countries")]
    assert labels.index("Niue") < labels.index("Norwegen") < labels.index("Österreich") < labels.index("Zypern")


@pytest.mark.parametrize("name", ["ages", "levels", "membership_statuses", "service_types", "practice_categories"])
def test_a_list_whose_order_means_something_keeps_it(name: str) -> None:
    with translation.override("es"):
        assert [code for code, _label in term_choices(name)] == [entry.code for entry in vocabulary(name).offered()]


def test_a_retired_term_is_offered_where_it_is_chosen_alone() -> None:
    retire("languages", "ro")
    assert "ro" not in dict(term_choices("languages"))
    assert dict(term_choices("languages", ["ro"]))["ro"] == "Romanian (retired)"
    field = TermsField("languages")
    with pytest.raises(Exception, match="ro is not one of the available choices"):
        field.clean(["ro"])
    field.offer(["ro"])
    assert field.clean(["ro", "it"]) == ["it", "ro"]


def test_a_retired_single_term_is_refused_unless_it_was_chosen() -> None:
    retire("organisation_types", "ngo")
    pk = term_id("organisation_types", "ngo")
    field = TermChoiceField(Term.objects.all(), list_name="organisation_types")
    assert str(pk) not in [str(value) for value, _label in field.choices]
    with pytest.raises(Exception, match="retired"):
        field.clean(str(pk))
    field.chosen = pk
    assert field.clean(str(pk)).code == "ngo"
    assert str(pk) in [str(value) for value, _label in field.choices]


def test_each_list_of_terms_has_its_field() -> None:
    for model in (Organisation, Service):
        declared = {name for name, field in terms_form(model).base_fields.items() if isinstance(field, TermsField)}
        assert declared == set(model.term_lists)


def test_the_order_of_terms_is_kept_and_new_ones_follow(client_for) -> None:
    organisation = make_organisation(languages=["ro", "en"])
    press(client_for("editor"), screen(Organisation, "edit", organisation.pk), languages=["en", "it", "ro"])
    draft = Organisation.objects.get(pk=organisation.pk).get_latest_revision_as_object()
    assert draft.codes("languages") == ["ro", "en", "it"]
    assert Organisation.objects.get(pk=organisation.pk).codes("languages") == ["ro", "en"], "the live row is as it was"


@pytest.mark.parametrize("make", [make_organisation, make_chart])
def test_opening_and_saving_changes_nothing(client_for, make) -> None:
    values = {"services": [make_service("shelter", languages=["ro"], evidence="Own report")]}
    record = make(**(values if make is make_organisation else {"funding": [("City", "", 40.5)]}))
    model = type(record)
    press(client_for("editor"), screen(model, "edit", record.pk))
    after = model.objects.get(pk=record.pk)
    assert after.latest_revision == record.latest_revision
    assert not after.has_unpublished_changes


def test_nested_drafts_do_not_leak(client_for) -> None:
    organisation = make_organisation(services=[make_service("shelter", languages=["ro"])])
    response = press(
        client_for("editor"),
        screen(Organisation, "edit", organisation.pk),
        **{"services-0-languages": ["ro", "it"], "services-0-conditions": "Secret until it is read"},
    )
    assert response.status_code == 302
    live = Organisation.objects.get(pk=organisation.pk)
    assert live.services.get().codes("languages") == ["ro"]
    assert live.services.get().conditions == ""
    assert live.get_latest_revision_as_object().services.get().codes("languages") == ["ro", "it"]


def test_what_was_typed_stays_when_something_is_wrong(client_for) -> None:
    organisation = make_organisation(services=[make_service("shelter", languages=["ro"])])
    response = press(
        client_for("editor"),
        screen(Organisation, "edit", organisation.pk),
        office_email="nobody",
        short_name="Typed",
        **{"services-0-languages": ["ro", "it"], "services-0-capacity_note": "12 beds"},
    )
    assert response.status_code == 200
    page = response.content.decode()
    data = form_data(page)
    assert data["short_name"] == ["Typed"]
    assert data["office_email"] == ["nobody"]
    assert sorted(data["services-0-languages"]) == ["it", "ro"]
    assert "no extent is stored" in page


def test_line_ends_are_stored_as_the_site_has_them(client_for) -> None:
    organisation = make_organisation(description="One")
    press(
        client_for("editor"),
        screen(Organisation, "edit", organisation.pk),
        **{"texts-0-description": "One\r\n\r\n- Two\r\n- Three"},
    )
    draft = Organisation.objects.get(pk=organisation.pk).get_latest_revision_as_object()
    assert draft.texts.get().description == "One\n\n- Two\n- Three"


def test_an_address_is_made_from_the_name_and_is_free(client_for) -> None:
    make_organisation(name="Casa Lume", slug="casa-lume")
    template = make_draft_organisation()
    for name in ("Casa Lúme", "Casa Lume!"):
        press(
            client_for("editor"),
            screen(Organisation, "add"),
            name=name,
            organisation_type=str(template.organisation_type_id),
            country=str(template.country_id),
        )
    slugs = set(Organisation.objects.filter(name__startswith="Casa").values_list("slug", flat=True))
    assert slugs == {"casa-lume", "casa-lume-2", "casa-lume-3"}


def test_rows_keep_the_order_in_which_they_were_put(client_for) -> None:
    organisation = make_organisation(services=[make_service("shelter"), make_service("legal_aid")])
    press(
        client_for("editor"),
        screen(Organisation, "edit", organisation.pk),
        **{"services-0-ORDER": "2", "services-1-ORDER": "1"},
    )
    draft = Organisation.objects.get(pk=organisation.pk).get_latest_revision_as_object()
    assert [service.type_entry.code for service in draft.services.all()] == ["legal_aid", "shelter"]


def test_a_draft_with_new_rows_is_edited_again(client_for) -> None:
    """Rows of a draft have no key yet; saving the form again must neither lose nor double them."""
    organisation = make_organisation(services=[make_service("shelter")])
    organisation.services = [*organisation.services.all(), make_service("legal_aid", languages=["ro"], sort_order=1)]
    save_draft(record=organisation, user=make_user("editor"))
    press(client_for("editor"), screen(Organisation, "edit", organisation.pk), short_name="Again")
    draft = Organisation.objects.get(pk=organisation.pk).get_latest_revision_as_object()
    assert [(row.type_entry.code, row.codes("languages")) for row in draft.services.all()] == [
        ("shelter", []),
        ("legal_aid", ["ro"]),
    ]


def test_the_list_for_the_forms_comes_in_the_language_of_the_editor(client_for) -> None:
    client = client_for("editor")
    answer = client.get("/admin/terms/choices/ages/")
    assert answer.json()["choices"][0] == ["adult", "Adults", term_id("ages", "adult")]
    assert "private" in answer.headers["Cache-Control"]
    assert client.get("/admin/terms/choices/nothing/").status_code == 404
    assert client_for("member").get("/admin/terms/choices/ages/").status_code == 403


def test_a_record_that_came_without_a_version_is_edited_too(client_for) -> None:
    """Bulk loading writes rows alone."""
    organisation = build_organisation(services=[make_service("shelter", languages=["ro"])])
    organisation.save()
    client, url = client_for("editor"), screen(Organisation, "edit", organisation.pk)
    for name in ("edit", "history", "usage", "delete"):
        assert client.get(screen(Organisation, name, organisation.pk)).status_code == 200
    press(client, url, short_name="Named", **{"services-0-languages": ["ro", "it"]})
    draft = Organisation.objects.get(pk=organisation.pk).get_latest_revision_as_object()
    assert (draft.short_name, draft.services.get().codes("languages")) == ("Named", ["ro", "it"])


def test_a_row_that_a_colleague_took_out_meanwhile_comes_back_as_new(client_for) -> None:
    organisation = make_organisation(services=[make_service("shelter", languages=["ro"]), make_service("legal_aid")])
    client, url = client_for("editor"), screen(Organisation, "edit", organisation.pk)
    data = form_data(client.get(url).content.decode())
    organisation.services = [organisation.services.last()]
    publish_record(record=organisation)
    data["services-0-conditions"] = ["Typed meanwhile"]
    assert client.post(url, data).status_code == 302
    draft = Organisation.objects.get(pk=organisation.pk).get_latest_revision_as_object()
    assert [(row.type_entry.code, row.conditions) for row in draft.services.all()] == [
        ("shelter", "Typed meanwhile"),
        ("legal_aid", ""),
    ]


def test_a_row_of_another_record_cannot_be_taken_over(client_for) -> None:
    other = make_organisation(services=[make_service("shelter")])
    organisation = make_organisation(services=[make_service("legal_aid")])
    press(
        client_for("editor"),
        screen(Organisation, "edit", organisation.pk),
        **{"services-0-id": str(other.services.get().pk), "services-0-conditions": "Taken"},
    )
    assert other.services.get().conditions == ""


@pytest.mark.parametrize(
    "nonsense",
    [
        {"services-INITIAL_FORMS": "7", "services-TOTAL_FORMS": "7"},
        {"services-INITIAL_FORMS": "x", "services-TOTAL_FORMS": "-1"},
        {"services-0-id": "abc"},
        {"services-0-id": "9" * 30},
        {"services-0-ORDER": "x", "services-0-service_type": "9" * 30},
        {"overwrite_revision_id": "abc"},
        {"overwrite_revision_id": "9" * 30},
        {"loaded_revision_id": "\x00", "languages": ["\x00", "nothing"]},
        {"action-workflow-action": "1", "workflow-action-name": "approve", "workflow-action-extra-data": "[["},
        {"action-publish": "1", "country": "", "texts-0-language": "none"},
    ],
    ids=lambda nonsense: next(iter(nonsense)),
)
def test_nonsense_is_refused_and_breaks_nothing(client_for, nonsense) -> None:
    organisation = make_organisation(services=[make_service("shelter")])
    changes = {"short_name": "Tried", **nonsense}
    response = press(client_for("administrator"), screen(Organisation, "edit", organisation.pk), **changes)
    assert response.status_code in (200, 302)
    assert Organisation.objects.get(pk=organisation.pk).services.count() == 1


@pytest.mark.parametrize("data", ["", "[[", "[]", "{}", '{"comment": 7}', '{"update": false, "comment": "Fine."}'])
def test_what_a_dialogue_sends_along_is_a_comment_or_nothing(data) -> None:
    assert comment_of(data) == ("Fine." if "Fine" in data else "")


@pytest.mark.parametrize("kind", ["organisations", "practices"])
def test_an_empty_form_comes_back_with_its_errors(kind: str, client_for: Any) -> None:
    record = make_organisation() if kind == "organisations" else make_chart()
    response = client_for("administrator").post(f"/admin/{kind}/edit/{record.pk}/", {})
    assert response.status_code in {200, 302}
    assert type(record).objects.get(pk=record.pk).live
