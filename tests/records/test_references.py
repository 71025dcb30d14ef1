"""The index of what refers to what, which the screens of removal and usage read."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import ReferenceIndex

from tests.factories import make_network, make_organisation

pytestmark = pytest.mark.django_db


def references_of(record: Any) -> list[tuple[str, str, Any]]:
    found = ReferenceIndex.get_references_for_object(record)
    return sorted(found.values_list("to_object_id", "model_path", "content_path_hash"))


def test_publishing_writes_the_index_once_and_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    members = [make_organisation(), make_organisation()]
    written = []
    write = ReferenceIndex.create_or_update_for_object
    monkeypatch.setattr(
        ReferenceIndex, "create_or_update_for_object", lambda record: written.append(record) or write(record)
    )
    network = make_network("Net", members)
    assert written == [network]
    found = references_of(network)
    assert {key for key, *_rest in found} >= {str(member.pk) for member in members}
    ReferenceIndex.remove_for_object(network)
    network.save()
    assert references_of(network) == found, "as Wagtail itself writes it"
