"""The editors' screens of the case studies: every group of the template has its place, a form keeps what it is sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from practices.cases.template import ANSWERS, GROUPS
from practices.models import CaseStudy
from tests.factories import make_case, make_draft_case, make_user

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]


def url(action: str, case: CaseStudy | None = None) -> str:
    """Return the address of a screen."""
    name = CaseStudy.snippet_viewset.get_url_name(action)
    return reverse(name, args=[case.pk] if case else [])


def test_the_form_has_a_place_for_everything(client_for: ClientFor) -> None:
    case = make_case(steps=[("DE", "A step", "")], themes={"obstacle": ("identification",)})
    shown = client_for("editor").get(url("edit", case)).content.decode()
    for group in GROUPS:
        if group.is_theme:
            continue
        assert f'name="{group.list_name}"' in shown, group.key
        assert not group.other or f'name="texts-0-{group.other}"' in shown
    for question in ANSWERS:
        assert f'name="texts-0-{question.name}"' in shown
    for name in ("consent_kind", "consent_scope", "consent_on", "person_code", "steps-0-heading", "themes-0-answers"):
        assert f'name="{name}"' in shown, name


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_lists_and_files_of_the_screens(role: str, client_for: ClientFor) -> None:
    make_case(title="Told")
    make_draft_case(title="Not yet", consent_kind="")
    client = client_for(role)
    shown = client.get(url("list")).content.decode()
    assert "Told" in shown
    assert "Not yet" in shown
    missing = client.get(f"{url('list')}?consent=missing").content.decode()
    assert "Not yet" in missing
    assert "Told" not in missing
    assert "Told" in client.get(f"{url('list')}?cooperation=assisted_return").content.decode()
    assert b"".join(client.get(f"{url('list')}?export=csv").streaming_content).count(b"\n") >= 3


def test_ticks_of_one_group_leave_the_others(client_for: ClientFor) -> None:
    case = make_case(ticks={"gender": ("female",), "age": ("adult",)})
    case.set_codes("case_template_options__age", ["age/minor"])
    case.save()
    kept = CaseStudy.objects.get(pk=case.pk)
    assert kept.codes("case_template_options__gender") == ["gender/female"]
    assert kept.codes("case_template_options__age") == ["age/minor"]


def test_members_do_not_come_in(client_for: ClientFor) -> None:
    case = make_case()
    assert client_for("member").get(url("edit", case)).status_code in {302, 403}


def test_a_reviewer_is_asked_about_names_and_answers_with_a_tick(client_for: ClientFor) -> None:
    case = make_draft_case(author=make_user("editor"), text={"answer_1": "Maria Popescu came back."})
    asked = "This reads like names of persons: Maria Popescu."
    assert asked not in client_for("editor").get(url("edit", case)).content.decode()
    reviewer = client_for("reviewer")
    shown = reviewer.get(url("edit", case)).content.decode()
    assert asked in shown
    assert url("nobody_known", case) in shown
    assert "Maria Popescu" in reviewer.get(url("nobody_known", case)).content.decode()
    assert reviewer.post(url("nobody_known", case), {}).status_code == 200, "without the tick it is asked again"
    assert asked in reviewer.get(url("edit", case)).content.decode()
    answer = reviewer.post(url("nobody_known", case), {"nobody_known": "on"})
    assert answer.url == url("edit", case)
    assert asked not in reviewer.get(url("edit", case)).content.decode()
