"""Who gets a document, how it is handed out, and what comes into the library."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, UploadedFile

from tests.factories import home_page, make_draft_page, make_page
from tests.safety.test_documents import describe, pdf_with
from tests.safety.test_uploads import SECRET, picture

pytestmark = pytest.mark.django_db
BODY = "[The guide](/documents/{}/guide.pdf)"


@pytest.fixture
def stored() -> Document:
    return Document.objects.create(title="Guide", file=ContentFile(pdf_with(), name="guide.pdf"))


def text(stored: Document) -> str:
    return BODY.format(stored.pk)


def restrict(thing: Any, kind: type = PageViewRestriction, role: str = "Members") -> None:
    key = "page" if kind is PageViewRestriction else "collection"
    restriction = kind.objects.create(**{key: thing}, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name=role))


PUBLISHED = {"anonymous": 200, "registered": 200, "member": 200, "editor": 200}
UNUSED = {"anonymous": 404, "registered": 404, "member": 404, "editor": 200}
MEMBERS = {"anonymous": 404, "registered": 404, "member": 200, "editor": 200}


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("body", PUBLISHED),
        ("link list", PUBLISHED),
        ("home page", PUBLISHED),
        ("nowhere", UNUSED),
        ("draft", UNUSED),
        ("taken off", UNUSED),
        ("restricted page", MEMBERS),
        ("restricted page and open page", PUBLISHED),
        ("restricted collection", MEMBERS),
        ("another document's number", UNUSED),
    ],
)
def test_a_document_is_as_public_as_the_pages_with_it(use: str, expected: dict[str, int], stored, client_for) -> None:
    if use in {"body", "restricted page and open page", "restricted collection"}:
        make_page("With it", slug="with-it", text=text(stored))
    if use == "link list":
        links = [{"label": "Guide", "page": None, "address": stored.url, "note": ""}]
        page = make_page("With it", slug="with-it")
        page.body = [("links", {"title": "", "links": links})]
        page.save()
    if use == "home page":
        home = home_page()
        home.intro = text(stored)
        home.save()
    if use == "draft":
        make_draft_page("Draft", slug="draft", text=text(stored))
    if use == "taken off":
        make_page("Off", slug="off", text=text(stored)).unpublish()
    if use.startswith("restricted page"):
        restrict(make_page("Inside", slug="inside", text=text(stored)))
    if use == "restricted collection":
        stored.collection = Collection.get_first_root_node().add_child(name="Inside")
        stored.save()
        restrict(stored.collection, CollectionViewRestriction)
    if use == "another document's number":
        make_page("Other", slug="other", text=BODY.format(f"{stored.pk}1"))
    assert {role: client_for(role).get(stored.url).status_code for role in expected} == expected


def test_a_document_is_handed_out_as_a_file(client: Client, stored: Document, client_for) -> None:
    make_page("With it", slug="with-it", text=text(stored))
    response = client.get(stored.url)
    assert response["Content-Disposition"] == f'attachment; filename="{stored.filename}"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-cache" in response["Cache-Control"]
    inside = client_for("editor").get(stored.url)["Cache-Control"]
    assert "no-store" in inside
    assert "private" in inside


@pytest.mark.parametrize(
    "address", ["/documents/{}/other.pdf", "/documents/9{}/guide.pdf", "/documents/{}0000000000000000000000/guide.pdf"]
)
def test_what_does_not_exist_answers_like_what_is_hidden(address: str, stored, client: Client, client_for) -> None:
    hidden = client.get(stored.url)
    missing = client.get(address.format(stored.pk))
    # The page repeats the address that was asked for, and nothing else differs.
    body = missing.content.decode().replace(missing.request["PATH_INFO"], stored.url)
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.content.decode() == body
    assert client_for("editor").get(address.format(stored.pk)).status_code == 404


def test_a_file_that_is_gone_is_not_found(stored, client_for) -> None:
    stored.file.storage.delete(stored.file.name)
    assert client_for("editor").get(stored.url).status_code == 404


def upload(name: str = "guide.pdf", data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or pdf_with(describe), "application/pdf")


BAD = pdf_with(lambda pdf: pdf.attachments.__setitem__("a.txt", b"a"))
ROOT = {"collection": 1}


def test_every_way_into_the_library_cleans(client_for, stored: Document) -> None:
    client = client_for("editor")
    client.post("/admin/documents/add/", {"title": "One", "file": upload("one.pdf"), **ROOT})
    client.post("/admin/documents/multiple/add/", {"title": "Two", "files[]": upload("two.pdf"), **ROOT})
    chooser = {"document-chooser-upload-title": "Three", "document-chooser-upload-file": upload("three.pdf")}
    client.post("/admin/documents/chooser/create/", chooser | {"document-chooser-upload-collection": 1})
    administrator = client_for("administrator")
    administrator.post(f"/admin/documents/edit/{stored.pk}/", {"title": "Guide", "file": upload("new.pdf"), **ROOT})
    kept = {document.title: document for document in Document.objects.all()}
    assert set(kept) == {"One", "Two", "Three", "Guide"}
    assert kept["Guide"].filename.startswith("new")
    for document in kept.values():
        with document.file.open("rb") as opened:
            assert SECRET.encode() not in opened.read()


def test_what_is_refused_says_why_at_the_field(client_for) -> None:
    client = client_for("editor")
    single = client.post("/admin/documents/add/", {"title": "One", "file": upload(data=BAD), **ROOT})
    assert "The PDF holds other files" in single.content.decode()
    several = client.post("/admin/documents/multiple/add/", {"title": "Two", "files[]": upload(data=BAD), **ROOT})
    assert "The PDF holds other files" in several.json()["error_message"]
    assert not Document.objects.exists()


@pytest.mark.parametrize("kind", ["documents", "images"])
def test_no_upload_is_kept_aside_as_it_came(kind: str, client_for) -> None:
    client = client_for("administrator")
    sent = upload() if kind == "documents" else SimpleUploadedFile("a.jpg", picture("JPEG"), "image/jpeg")
    answer = client.post(f"/admin/{kind}/multiple/add/", {"title": "x" * 300, "files[]": sent, **ROOT})
    assert answer.json()["success"] is False
    assert "255" in answer.json()["error_message"]
    assert not UploadedFile.objects.exists()
    assert not (Document if kind == "documents" else Image).objects.exists()
    name = "document" if kind == "documents" else "image"
    assert client.post(f"/admin/{kind}/multiple/create_from_uploaded_{name}/1/").status_code == 404
