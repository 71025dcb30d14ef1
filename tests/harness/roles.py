"""Clients signed in as each role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from platform_site.vocabulary import versions


@pytest.fixture
def client_for(db: None) -> Callable[[str], Client]:
    """Return a function from a role (see `tests.factories.ROLES`) to a client that is signed in as such a person."""
    from tests.factories import make_user

    def signed_in(role: str) -> Client:
        client = Client()
        if role != "anonymous":
            client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture(autouse=True)
def _forget_versions() -> None:
    """A test starts like a request: tokens of data are read anew."""
    versions.forget()
