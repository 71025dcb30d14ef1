"""Invented content in bulk: as if it had come through the services, and the same for the same seed."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

from directory.models import Organisation, Service
from platform_site.home.management.scale.charts import charts
from platform_site.home.management.scale.organisations import organisations
from platform_site.home.management.scale.publishing import publish_many
from platform_site.records.gate import completeness_reasons
from platform_site.records.services import publish_record
from platform_site.vocabulary import versions
from practices.models import PracticeChart

TODAY = dt.date(2026, 5, 6)
# Keys, stamps and times, which differ from run to run.
KEYS = {"id", "pk", "object_id", "latest_revision_id", "live_revision_id", "revision_id", "stamp"}
TIMES = {"created_at", "timestamp", "first_published_at", "last_published_at"}


def invented(number=3, seed=7):
    return list(islice(organisations(Random(seed), TODAY, set(), set()), number))


def plain(values, parents=()):
    """Return the values of a row, or of the content of a revision, without keys of rows and times."""
    found = {}
    for name, value in values.items():
        if name in KEYS | TIMES or name in parents:
            continue
        if name == "content":
            found[name] = content(value)
        else:
            found[name] = value
    return found


def content(value):
    if isinstance(value, dict):
        return {
            k: content(v)
            for k, v in value.items()
            if k not in {"pk", "stamp", "owner", "organisation", "record", "chart", "case", "document"}
        }
    return [content(item) for item in value] if isinstance(value, list) else value


def rows(model, parent=""):
    """Return all rows of a model and of its parts, in order, in a form that can be compared."""
    listed = list(model.objects.order_by("pk").values())
    owners = sorted({row[parent] for row in listed}) if parent else []
    for row in listed:
        if parent:
            # Which one of the owners it belongs to, whatever their keys are.
            row[parent] = owners.index(row[parent])
    found = {model.__name__: [plain(row) for row in listed]}
    for relation in get_all_child_relations(model) if issubclass(model, ClusterableModel) else ():
        found |= rows(relation.related_model, relation.field.attname)
    return found


def everything(model):
    """Return what publishing records of a model leaves in the database."""
    written = rows(model)
    written["revisions"] = [plain(row) for row in Revision.objects.order_by("pk").values()]
    written["log"] = sorted(str(plain(row, ("uuid",))) for row in ModelLogEntry.objects.order_by("pk").values())
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
    written["references"] = [
        sorted(reference.model_path for reference in ReferenceIndex.get_references_for_object(record))
        for record in model.objects.order_by("pk")
    ]
    for record in model.objects.all():
        assert record.live_revision_id == record.latest_revision_id
        assert record.live_revision.object_id == str(record.pk)
        assert record.live_revision.content["pk"] == record.pk
        assert record.first_published_at == record.last_published_at
        assert ModelLogEntry.objects.filter(object_id=str(record.pk), revision=record.live_revision).count() == 2
    assert len(keys) == len(set(keys))
    return written


class UndoError(Exception):
    """Ends a transaction."""


def made_by(publish, model, make):
    """Return what `publish` leaves for the records that `make` gives, and undo it."""
    try:
        with transaction.atomic():
            records = make()
            before = Revision.objects.count()
            publish(records)
            assert Revision.objects.count() == before + len(records)
            assert versions.current(model.record_type)
            found = everything(model)
            raise UndoError
    except UndoError:
        return found


def one_by_one(records):
    for record in records:
        publish_record(record=record)


@pytest.mark.django_db
def test_rows_written_in_bulk_equal_those_of_the_service():
    service = made_by(one_by_one, Organisation, invented)
    bulk = made_by(publish_many, Organisation, invented)
    assert len(service["Service"]) > 5
    assert set(service) == set(bulk)
    for name in service:
        assert bulk[name] == service[name], name


@pytest.mark.django_db
def test_charts_written_in_bulk_equal_those_of_the_service():
    publish_many(invented())
    Revision.objects.all().delete()
    ModelLogEntry.objects.all().delete()
    made = list(Organisation.objects.order_by("pk"))

    def make():
        return list(islice(charts(Random(3), made, 1), 3))

    service = made_by(one_by_one, PracticeChart, make)
    bulk = made_by(publish_many, PracticeChart, make)
    assert any(service["references"])
    for name in service:
        assert bulk[name] == service[name], name


@pytest.mark.django_db
def test_invented_content_would_pass_the_gate():
    made = invented(25)
    assert [reasons for record in made if (reasons := completeness_reasons(record))] == []
    publish_many(made)
    found = list(islice(charts(Random(3), made, 1), 25))
    assert [reasons for record in found if (reasons := completeness_reasons(record))] == []


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_content_and_another_run_adds_to_it(capsys):
    call_command("seed_scale", organisations=30, charts=20, seed=4)
    assert "30 organisations and 20 charts in" in capsys.readouterr().out
    first = list(Organisation.objects.order_by("pk").values_list("name", "country_id", "website"))
    assert len(set(first)) == 30
    with transaction.atomic():
        call_command("seed_scale", organisations=30, charts=20, seed=4)
    assert Organisation.objects.published().count() == 60
    assert PracticeChart.objects.published().count() == 40
    PracticeChart.objects.all().delete()
    Organisation.objects.all().delete()
    call_command("seed_scale", organisations=30, charts=20, seed=4)
    assert list(Organisation.objects.order_by("pk").values_list("name", "country_id", "website")) == first
    assert Service.objects.count() > 60


@pytest.mark.django_db
def test_numbers_that_make_no_sense_are_refused():
    with pytest.raises(CommandError, match="cannot be negative"):
        call_command("seed_scale", organisations=-1)
    with pytest.raises(CommandError, match="Charts need organisations"):
        call_command("seed_scale", organisations=0, charts=3)
