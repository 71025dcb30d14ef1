"""The embedded engine on SQLite keeps the contract."""

from __future__ import annotations

import pytest
from django.db import connection

from search.engines.embedded import EmbeddedEngine
from tests.search.contract import SearchEngineContract
from tests.search.indexes import empty_engine

if connection.vendor != "sqlite":
    pytest.skip("This run is on another database.", allow_module_level=True)

pytestmark = pytest.mark.django_db


class TestSqlite(SearchEngineContract):
    """The contract."""

    @pytest.fixture
    def engine(self) -> EmbeddedEngine:
        """An empty index in the database of the test."""
        return empty_engine()
