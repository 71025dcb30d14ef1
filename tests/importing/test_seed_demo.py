"""The demo's accounts, and what `seed_demo` does."""

from __future__ import annotations

import json
import stat

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import ReferenceIndex

from directory.models import Network, Organisation
from platform_site.accounts import roles
from platform_site.accounts.models import User
from platform_site.home.management.accounts import FILE, ensure_demo_accounts
from platform_site.home.models import PlainPage
from platform_site.records.comment_places import places
from platform_site.records.models import RecordComment
from platform_site.records.registry import record_models
from platform_site.records.services import publish_record
from practices.models import PracticeChart


@pytest.mark.django_db
def test_accounts_are_made_once_with_passwords_of_their_own(tmp_path):
    first = ensure_demo_accounts(tmp_path / "site")
    assert [account.role for account in first] == ["administrator", "reviewer", "editor", "member"]
    assert len({account.password for account in first}) == 4
    assert all(len(account.password) >= 15 for account in first)
    for account in first:
        assert User.objects.get(email=account.email).check_password(account.password)
        assert account.email.endswith("@example.org")
    assert User.objects.get(email="administrator@example.org").is_superuser
    assert roles.is_reviewer(User.objects.get(email="reviewer@example.org"))
    assert not roles.is_reviewer(User.objects.get(email="editor@example.org"))
    assert roles.role_names(User.objects.get(email="member@example.org")) == {roles.MEMBERS}
    path = tmp_path / "site" / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [row["password"] for row in json.loads(path.read_text())] == [account.password for account in first]
    assert ensure_demo_accounts(tmp_path / "site") == first


@pytest.mark.django_db
def test_a_password_that_was_changed_stays_and_a_lost_file_gives_new_ones(tmp_path):
    (administrator, *_rest) = ensure_demo_accounts(tmp_path)
    user = User.objects.get(email=administrator.email)
    user.set_password("something else entirely")
    user.save()
    ensure_demo_accounts(tmp_path)
    user.refresh_from_db()
    assert user.check_password("something else entirely")
    (tmp_path / FILE).unlink()
    (administrator, *_rest) = ensure_demo_accounts(tmp_path)
    user.refresh_from_db()
    assert user.check_password(administrator.password)
    (tmp_path / FILE).write_text("{")
    with pytest.raises(CommandError, match="is damaged"):
        ensure_demo_accounts(tmp_path)


def test_the_demo_fills_a_site_and_a_second_run_changes_nothing(demo_site, capsys):
    assert Organisation.objects.published().count() >= 40
    assert len({row.country_id for row in Organisation.objects.all()}) >= 28
    assert PracticeChart.objects.published().count() == 12
    assert PlainPage.objects.written().count() >= 8
    assert set(Organisation.objects.values_list("source", flat=True)) == {"Demo content, invented"}
    said = set(RecordComment.objects.values_list("pk", flat=True))
    call_command("seed_demo")
    assert set(RecordComment.objects.values_list("pk", flat=True)) == said
    printed = capsys.readouterr().out
    assert "0 rows made a difference" in printed
    for row in json.loads((settings.DATA_DIR / FILE).read_text()):
        assert row["password"] in printed


def test_the_demo_shows_comments_that_are_open_answered_and_resolved(demo_site, client):
    threads = RecordComment.objects.threads()
    assert {(thread.answers.exists(), thread.resolved_at is not None) for thread in threads} == {
        (True, False),
        (True, True),
        (False, False),
    }
    client.get("/admin/")
    for thread in threads:
        assert thread.place in places(thread.record.get_latest_revision_as_object())
    reviewer = User.objects.get(email="reviewer@example.org")
    assert RecordComment.objects.waiting_for(reviewer, record_models().values()).exists(), "an answer"


@pytest.mark.django_db
def test_what_refers_to_what_is_known_after_an_import(run):
    run()
    network = Network.objects.get(name="Harbour Network")
    imported = references_of(network)
    assert len(imported) == 3
    publish_record(record=network)
    assert references_of(network) == imported


def references_of(record):
    references = ReferenceIndex.get_references_for_object(record)
    return sorted(references.values_list("to_object_id", "model_path", "content_path_hash"))
