"""The editors' screens of the library: a document with an upload, refusals at the field, parties to instruments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from library import uploads
from library.models import FileVersion, InstrumentParty, LibraryDocument, StoredFile
from platform_site.records.admin_views import RecordCreateView
from platform_site.vocabulary.store import term_id
from tests.factories import make_chart, make_user
from tests.library.making import make_document, make_pdf, text_file

pytestmark = pytest.mark.django_db


def empty_rows(*names: str) -> dict[str, str]:
    return {f"{name}-{field}": "0" for name in names for field in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}


def form_values(**changes: Any) -> dict[str, Any]:
    values = {
        "name": "A new handbook",
        "slug": "",
        "document_type": str(term_id("library_document_types", "handbook")),
        "level": "",
        "languages": ["en"],
        "audience": "public",
        **empty_rows("instruments", "uses"),
        "texts-TOTAL_FORMS": "1",
        "texts-INITIAL_FORMS": "0",
        "texts-0-language": "en",
        "texts-0-is_original": "on",
        "texts-0-title": "",
        "texts-0-summary": "What it says.",
        "texts-0-ORDER": "1",
        "files-TOTAL_FORMS": "1",
        "files-INITIAL_FORMS": "0",
        "files-0-language": "fr",
        "files-0-label": "",
        "files-0-ORDER": "1",
    }
    return values | changes


def pdf(words: str = "Words of a handbook.") -> SimpleUploadedFile:
    return SimpleUploadedFile("Hand book.pdf", make_pdf([words], title="Secret"), "application/pdf")


@pytest.fixture
def overtaken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let somebody else make a document between the check of a form and its saving."""

    def by(name: str) -> None:
        checked = RecordCreateView.is_valid

        def is_valid(view: Any, form: Any) -> bool:
            valid = checked(view, form)
            make_document(name=name, slug="a-new-handbook")
            return valid

        monkeypatch.setattr(RecordCreateView, "is_valid", is_valid)

    return by


def test_who_is_overtaken_gets_the_next_address(client_for, overtaken: Callable[[str], None]) -> None:
    overtaken("A new handbook!")
    answer = client_for("editor").post("/admin/library/add/", form_values(**{"files-0-upload": pdf()}))
    assert answer.status_code == 302
    assert sorted(LibraryDocument.objects.values_list("slug", flat=True)) == ["a-new-handbook", "a-new-handbook-2"]


@pytest.mark.parametrize(
    ("name", "slug", "field"), [("Another", "a-new-handbook", "slug"), ("A new handbook", "", "name")]
)
def test_who_chose_what_was_just_taken_gets_the_form_again(
    client_for, overtaken: Callable[[str], None], name: str, slug: str, field: str
) -> None:
    overtaken(name)
    values = form_values(slug=slug, **{"files-0-upload": pdf()})
    answer = client_for("editor").post("/admin/library/add/", values)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert "already exists" in answer.content.decode()
    assert "What it says." in answer.content.decode()
    assert LibraryDocument.objects.count() == 1


def test_the_same_file_sent_twice_at_once_is_kept_once(client_for, monkeypatch: pytest.MonkeyPatch) -> None:
    read = uploads.read_file
    others: list[StoredFile] = []

    def slowly(data: bytes, ending: str) -> Any:
        if not others:
            others.append(StoredFile())
            others[0] = uploads.store_file(name="other.pdf", data=data)
        return read(data, ending)

    monkeypatch.setattr(uploads, "read_file", slowly)
    answer = client_for("editor").post("/admin/library/add/", form_values(**{"files-0-upload": pdf()}))
    assert answer.status_code == 302
    stored = StoredFile.objects.get()
    assert stored.sections.count() == 1
    assert LibraryDocument.objects.get().get_latest_revision_as_object().files.get().stored == others[0] == stored


def test_a_document_is_made_with_its_file(client_for) -> None:
    response = client_for("editor").post("/admin/library/add/", form_values(**{"files-0-upload": pdf()}))
    assert response.status_code == 302, response.context["form"].errors
    document = LibraryDocument.objects.get()
    assert (document.slug, document.live) == ("a-new-handbook", False)
    draft = document.get_latest_revision_as_object()
    (row,) = draft.files.all()
    assert (row.key, row.name, row.language, row.stored.state) == ("fr", "Hand book.pdf", "fr", "read")
    assert client_for("anonymous").get("/en/library/a-new-handbook/files/fr/").status_code == 404
    page = client_for("editor").get(f"/admin/library/edit/{document.pk}/").content.decode()
    assert "Hand book.pdf (PDF, 1 page; text can be read and searched)" in page
    assert client_for("editor").get(f"/admin/library/edit/{document.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("upload", "reason"),
    [
        (SimpleUploadedFile("a.pdf", make_pdf(["x"], password="word")), "locked"),
        (SimpleUploadedFile("a.exe", b"MZ"), "Only PDF"),
        (None, "Choose a file."),
    ],
)
def test_a_refusal_stands_at_the_field(client_for, upload: Any, reason: str) -> None:
    values = form_values(**({"files-0-upload": upload} if upload else {}))
    response = client_for("editor").post("/admin/library/add/", values)
    assert response.status_code == 200
    assert reason in response.content.decode()
    assert not LibraryDocument.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_form_that_is_refused_elsewhere_keeps_no_file(client_for) -> None:
    values = form_values(**{"files-0-upload": pdf(), "audience": "nobody"})
    assert client_for("editor").post("/admin/library/add/", values).status_code == 200
    assert not StoredFile.objects.exists()


def test_another_version_takes_the_place_at_the_same_address(client_for) -> None:
    document = make_document(slug="paper", files=[text_file(words="First.")])
    row = document.files.get()
    values = form_values(
        **{
            "name": document.name, "slug": "paper",
            "texts-INITIAL_FORMS": "1", "texts-0-id": str(document.texts.get().pk),
            "files-INITIAL_FORMS": "1", "files-0-id": str(row.pk), "files-0-language": "en",
            "files-0-upload": SimpleUploadedFile("second.txt", b"Second."),
        }
    )  # fmt: skip
    response = client_for("editor").post(f"/admin/library/edit/{document.pk}/", values)
    assert response.status_code == 302, response.context["form"].errors
    assert b"".join(client_for("anonymous").get("/en/library/paper/files/en/").streaming_content) == b"First."
    LibraryDocument.objects.get().latest_revision.publish(user=make_user("reviewer"))
    assert b"".join(client_for("anonymous").get("/en/library/paper/files/en/").streaming_content) == b"Second."
    assert FileVersion.objects.filter(document=document, key="en").count() == 2


def test_who_uses_a_tool_is_named_by_its_key(client_for) -> None:
    chart = make_chart(chart_no=88)
    rows = {"uses-TOTAL_FORMS": "1", "uses-INITIAL_FORMS": "0", "uses-0-ORDER": "1"}
    wrong = client_for("editor").post(
        "/admin/library/add/", form_values(**rows, **{"uses-0-record_key": "practice:9", "files-TOTAL_FORMS": "0"})
    )
    assert "There is no such record." in wrong.content.decode()
    values = form_values(**rows, **{"uses-0-record_key": "practice:88", "files-TOTAL_FORMS": "0"})
    assert client_for("editor").post("/admin/library/add/", values).status_code == 302
    (use,) = LibraryDocument.objects.get().get_latest_revision_as_object().uses.all()
    assert (use.record_type, use.record_pk) == ("practice", chart.pk)


def test_the_preview_shows_the_draft(client_for) -> None:
    document = make_document(files=[text_file()])
    client = client_for("editor")
    address = f"/admin/library/preview/{document.pk}/"
    text = {"texts-INITIAL_FORMS": "1", "texts-0-id": str(document.texts.get().pk)}
    values = form_values(**{"name": "Not yet told", "slug": document.slug, "files-TOTAL_FORMS": "0"}, **text)
    assert client.post(address, values).json()["is_valid"]
    assert "Not yet told" in client.get(f"{address}?mode=en").content.decode()
    assert "Not yet told" not in client_for("anonymous").get(document.get_absolute_url()).content.decode()


def test_parties_to_instruments_are_kept_by_editors(client_for) -> None:
    values = {
        "instrument": str(term_id("legal_instruments", "palermo_protocol")),
        "country": str(term_id("countries", "IT")),
        "since": "2006-09-01",
        "note": "",
        "source_url": "https://example.org/parties",
        "checked_on": "2026-01-02",
    }
    assert client_for("editor").get("/admin/instrument-parties/add/").status_code == 200
    assert client_for("editor").post("/admin/instrument-parties/add/", values).status_code == 302
    assert InstrumentParty.objects.get().country_entry.code == "IT"
    assert client_for("editor").get("/admin/instrument-parties/").status_code == 200
    assert "1 September 2006" in client_for("anonymous").get("/en/legal-instruments/palermo_protocol/").content.decode()


def test_the_list_and_its_file(client_for) -> None:
    make_document(name="A scan", files=[("en", "scan.pdf", make_pdf([""]))])
    assert "no text layer" in client_for("editor").get("/admin/library/").content.decode()
    response = client_for("editor").get("/admin/library/?export=csv")
    assert b"A scan" in b"".join(response.streaming_content)
