"""A module of tests on the demo: each starts from it, with a transaction or without, whatever the others did."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from directory.models import Organisation

pytestmark = pytest.mark.usefixtures("demo_site")


def spoil() -> None:
    """Change what the others look at."""
    get_user_model().objects.update(is_active=False)


@pytest.mark.django_db
@pytest.mark.parametrize("turn", [1, 2])
def test_with_a_transaction(turn: int) -> None:
    assert Organisation.objects.count() > 1
    assert not get_user_model().objects.filter(is_active=False).exists()
    spoil()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_without_a_transaction(turn: int) -> None:
    assert Organisation.objects.count() > 1
    assert not get_user_model().objects.filter(is_active=False).exists()
    spoil()


@pytest.mark.django_db
def test_files_and_accounts_are_there(demo_site: Path) -> None:
    assert (demo_site / "demo-accounts.json").is_file()
    assert get_user_model().objects.exists()
