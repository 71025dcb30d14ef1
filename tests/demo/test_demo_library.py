"""The demo's library: twenty documents, eight of them with real files, one of these a scan, one in French."""

from __future__ import annotations

import pytest

from library.models import DocumentFile, DocumentUse, LibraryDocument

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]


def test_documents_and_files() -> None:
    assert LibraryDocument.objects.published().count() == 20
    files = DocumentFile.objects.select_related("stored")
    assert files.count() == 8
    assert {row.stored.ending for row in files} == {"pdf"}
    assert min(row.stored.pages for row in files) >= 3
    assert sorted(row.stored.state for row in files) == ["no_text", *["read"] * 7]
    assert [row.name for row in files.filter(language="fr")] == ["retour-accompagne.pdf"]
    assert LibraryDocument.objects.exclude(tool="").count() == 3
    assert LibraryDocument.objects.filter(audience="members").count() == 1
    assert DocumentUse.objects.count() == 8


def test_a_file_is_read_and_fetched(client_for) -> None:
    document = LibraryDocument.objects.get(name="The first evening: meeting somebody at the airport")
    client = client_for("anonymous")
    page = client.get(f"{document.get_absolute_url()}read/en/").content.decode()
    assert "At the exit" in page
    assert b"".join(client.get(f"{document.get_absolute_url()}files/en/").streaming_content).startswith(b"%PDF")
