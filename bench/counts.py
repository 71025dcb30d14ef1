"""Queries and bytes of a page, counted in this process."""

from __future__ import annotations

import gzip
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


class UnusablePageError(RuntimeError):
    """A page that should be measured does not answer 200; the message says which and what it answers."""


def counts(client: Client, path: str) -> dict[str, Any]:
    """Return queries of the first and of a warm request, and the size of the answer plain and compressed."""
    cache.clear()
    numbers = []
    for _request in range(3):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path, secure=True)
            content = response.getvalue() if response.streaming else response.content
        numbers.append(len(queries))
    if response.status_code != 200:
        raise UnusablePageError(f"{path} answers {response.status_code}")
    return {
        "queries_first": numbers[0],
        "queries_warm": numbers[-1],
        "html_bytes": len(content),
        "html_bytes_gzip": len(gzip.compress(content, 6)),
    }
