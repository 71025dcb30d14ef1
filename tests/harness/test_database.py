"""Tests start from the filled template: with a transaction, without one, and after a test that emptied everything."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from wagtail.models import Locale, Page

from platform_site.vocabulary.models import Term


def filled() -> bool:
    """Tell whether the database is as the template has it."""
    return Term.objects.exists() and Page.objects.exists() and Locale.objects.exists() and not people()


def people() -> int:
    """Return the number of accounts; the template has none."""
    return get_user_model().objects.count()


@pytest.mark.django_db
@pytest.mark.parametrize("turn", [1, 2])
def test_a_rolled_back_test_leaves_nothing(turn: int) -> None:
    assert filled()
    get_user_model().objects.create_user("one@example.org")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_committing_test_leaves_nothing(turn: int) -> None:
    assert filled()
    get_user_model().objects.create_user("one@example.org")
    Term.objects.update(label_en="gone")


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_is_filled_again() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert not filled()


@pytest.mark.django_db(transaction=True)
def test_after_it_was_emptied() -> None:
    assert filled()
    assert not Term.objects.filter(label_en="gone").exists()
