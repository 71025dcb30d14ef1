"""Invented case studies in bulk: as if they had come through the services, and such that the gate lets them pass."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry, Revision

from directory.models import Organisation
from platform_site.home.management.scale.cases import cases
from platform_site.home.management.scale.publishing import publish_many
from platform_site.records.gate import completeness_reasons
from practices.models import CaseStudy
from tests.importing.test_seed_scale import invented, made_by, one_by_one

pytestmark = pytest.mark.django_db


def test_case_studies_written_in_bulk_equal_those_of_the_service() -> None:
    publish_many(invented())
    Revision.objects.all().delete()
    ModelLogEntry.objects.all().delete()
    made = list(Organisation.objects.order_by("pk"))

    def make() -> list[CaseStudy]:
        return list(islice(cases(Random(3), made, 1), 3))

    service = made_by(one_by_one, CaseStudy, make)
    bulk = made_by(publish_many, CaseStudy, make)
    assert any(service["references"])
    for name in service:
        assert bulk[name] == service[name], name


def test_invented_case_studies_would_pass_the_gate() -> None:
    made = invented(3)
    publish_many(made)
    found = list(islice(cases(Random(3), made, 1), 25))
    assert [reasons for record in found if (reasons := completeness_reasons(record))] == []


def test_the_command_adds_case_studies() -> None:
    for _run in range(2):
        call_command("seed_scale", organisations=3, charts=0, cases=5, seed=4, verbosity=0)
    assert CaseStudy.objects.published().count() == 10
    with pytest.raises(CommandError, match="Case studies need organisations"):
        call_command("seed_scale", organisations=0, charts=0, cases=3)
