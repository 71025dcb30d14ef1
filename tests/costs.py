"""How many queries a page costs, once it is warm."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from platform_site.records.registry import record_models
from platform_site.vocabulary import versions


def forget_what_is_kept() -> None:
    """Make the first page as dear as it is: what other tests kept of kinds of records that this one has none of stays
    good, since their data are the same, namely none.
    """
    for kind in record_models():
        versions.bump(kind)


def queries(client: Client, address: str) -> int:
    """Return how many queries the page at `address` costs when it is asked for a second time; it must answer 200."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        assert response.status_code == 200, address
        if response.streaming:
            b"".join(response.streaming_content)
    return len(captured)


def costs(client: Client, addresses: Iterable[str]) -> dict[str, int]:
    """Return the queries of each address (see `queries`): of many at once, since the rows take longer to make."""
    return {address: queries(client, address) for address in addresses}
