"""What can be published can be exported, and what was exported can be imported."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from library.models import LibraryDocument
from platform_site.home.models import PlainPage
from platform_site.records.gate import PublishRefused
from platform_site.records.packages.running import import_package
from tests.factories import make_page
from tests.importing.conftest import exported
from tests.library.making import make_document
from tests.records.screens import press, screen

pytestmark = pytest.mark.django_db
# Most of what is drawn here is odd: control characters, marks of the right-to-left, of Markdown and CSV. Halves of
# characters are not: no form and no file brings one (they are no UTF-8), and no database keeps one.
ODD = st.text(st.one_of(st.characters(max_codepoint=0xA0), st.characters(codec="utf-8")), min_size=1, max_size=12)


def came_back(tmp: Path) -> None:
    """Export what is there, take it off the site, import it, export it: the same package."""
    first = exported(tmp / "first")
    LibraryDocument.objects.all().delete()
    for page in PlainPage.objects.filter(slug="odd"):
        page.delete()
    report = import_package(tmp / "first")
    assert [str(problem) for problem in report.problems] == []
    assert exported(tmp / "second") == first


def publish(**texts: str) -> bool:
    """Say whether the gate lets a document and a page with these texts pass."""
    try:
        make_document(name=f"Title {texts['title']}", slug="odd", issuer=texts["line"], summary=texts["prose"])
        make_page(
            title=f"Title {texts['title']}",
            slug="odd",
            intro=texts["prose"],
            body=[
                ("text", f"x{texts['prose']}"),
                ("table", {"caption": texts["line"], "rows": f"a | b\nc | x{texts['prose'].replace('|', '')}"}),
                ("checklist", {"title": f"x{texts['line']}", "items": [f"x{texts['line']}"]}),
            ],
        )
    except PublishRefused:
        return False
    return True


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=ODD, line=ODD, prose=ODD)
@example(title="\x01", line="a\x0bb", prose="\x85")
def test_what_is_published_can_be_exported_and_imported(title: str, line: str, prose: str) -> None:
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        if publish(title=title, line=line, prose=prose):
            came_back(Path(folder))
        transaction.set_rollback(True)


@pytest.mark.parametrize("damage", ["\x01", "\x0b", "\r", "\x85", "\uffff"])
def test_the_gate_refuses_what_came_past_the_forms(damage: str) -> None:
    code = f"U.{ord(damage):04X}"
    with pytest.raises(PublishRefused, match=rf"Issuing body: there is a control character \({code}\)"):
        make_document(issuer=f"Bo{damage}dy")
    with pytest.raises(PublishRefused, match="control character"):
        make_document(summary=f"Bo{damage}dy")
    for body in (
        [("text", f"Bo{damage}dy")],
        [("checklist", {"title": "Before", "items": [f"Bo{damage}dy"]})],
    ):
        with pytest.raises(PublishRefused, match="Content: there is a control character"):
            make_page(title="A page", body=body)
    with pytest.raises(PublishRefused, match="Title: there is a control character"):
        make_page(title=f"A{damage} page")


def test_the_forms_take_it_out_of_records_rows_pages_and_blocks(client_for: Any) -> None:
    document, page = make_document(name="A paper"), make_page(title="A page", body=[("text", "Words.")])
    editor = client_for("editor")
    answer = press(
        editor,
        screen(LibraryDocument, "edit", document.pk),
        **{"name": "Att \x01ctl", "texts-0-summary": "From\x0ba\r\n\r\nPDF\x02."},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    document.refresh_from_db()
    draft = document.get_latest_revision_as_object()
    assert (draft.name, draft.texts.get().summary) == ("Att ctl", "From a\n\nPDF.")
    blocks = {
        "count": "1",
        "0-type": "text",
        "0-order": "0",
        "0-deleted": "",
        "0-id": "",
        "0-value": "From\x0ba\r\nPDF\x02.",
    }
    answer = press(
        editor,
        f"/admin/pages/{page.pk}/edit/",
        title="A\x01 page",
        **{f"body-{name}": value for name, value in blocks.items()},
    )
    assert answer.status_code == 302
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.body[0].value) == ("A page", "From a\nPDF.")
