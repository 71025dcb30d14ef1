"""The demo's programmes: most of them name what belongs to them, of every kind, something for members alone too."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from directory.linked import linked_blocks
from directory.models import Programme, ProgrammeLink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]


def test_most_programmes_name_what_belongs_to_them() -> None:
    programmes = Programme.objects.visible_to(None).prefetch_related("linked_records")
    named = [programme.linked_records.all() for programme in programmes]
    assert sum(map(bool, named)) >= len(named) / 2
    assert {row.record_type for rows in named for row in rows} == set(ProgrammeLink.linkable)


def test_something_is_for_members_alone(client_for) -> None:
    programme = Programme.objects.get(name="Home Again along the Danube")
    shown = [block.kind for block in linked_blocks(programme, AnonymousUser())]
    assert shown == ["practice", "case", "network"]
    page = client_for("member").get(programme.get_absolute_url()).content.decode()
    assert 'id="linked-document"' in page
