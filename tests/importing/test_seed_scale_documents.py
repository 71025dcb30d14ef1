"""Invented library documents in bulk: as if they had come through the services, and the gate lets them pass."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry, Revision

from library.models import DocumentFile, FileVersion, LibraryDocument, StoredFile
from platform_site.home.management.scale.documents import documents, files
from platform_site.home.management.scale.publishing import publish_many
from platform_site.records.gate import completeness_reasons
from tests.importing.test_seed_scale import invented, made_by, one_by_one

pytestmark = pytest.mark.django_db


def test_documents_written_in_bulk_equal_those_of_the_service() -> None:
    owners = invented()
    publish_many(owners)
    users = [("organisation", organisation.pk) for organisation in owners]
    stored = files(Random(2), 1)
    Revision.objects.all().delete()
    ModelLogEntry.objects.all().delete()

    def make() -> list[LibraryDocument]:
        found = list(islice(documents(Random(3), users, stored, 1), 60))
        return [document for document in found if document.files.get_object_list() or document.tool]

    service = made_by(one_by_one, LibraryDocument, make)
    bulk = made_by(publish_many, LibraryDocument, make)
    assert service["DocumentFile"]
    assert service["DocumentUse"]
    assert any(service["references"])
    for name in service:
        assert bulk[name] == service[name], name


def test_invented_documents_would_pass_the_gate() -> None:
    owners = invented(3)
    publish_many(owners)
    users = [("organisation", organisation.pk) for organisation in owners]
    found = list(islice(documents(Random(3), users, files(Random(2), 1), 1), 40))
    assert [reasons for record in found if (reasons := completeness_reasons(record))] == []


def test_the_command_adds_documents_with_files_and_their_versions() -> None:
    for _run in range(2):
        call_command("seed_scale", organisations=3, charts=0, documents=30, seed=4, verbosity=0)
    assert LibraryDocument.objects.published().count() == 60
    with_files = DocumentFile.objects.values_list("document_id", "key", "stored_id")
    assert with_files
    assert sorted(with_files) == sorted(FileVersion.objects.values_list("document_id", "key", "stored_id"))
    assert all(stored.can_be_read for stored in StoredFile.objects.all())
    with pytest.raises(CommandError, match="cannot be negative"):
        call_command("seed_scale", documents=-1)
