"""The same list as CSV and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse

from platform_site.listing.declared import Listing, Results
from platform_site.texts.cells import defused


def cell(value: Any) -> str:
    """Return `value` as the text of a cell that no spreadsheet takes for a formula."""
    return str(defused("" if value is None else str(value)))


def csv_response(*, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """Return a CSV file (UTF-8 with a mark, so that spreadsheets read the accents), sent row by row."""

    def lines() -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        yield "\ufeff"
        writer.writerow([cell(value) for value in header])
        for row in rows:
            writer.writerow([cell(value) for value in row])
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
        yield buffer.getvalue()

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def facets_as_data(listing: Listing, results: Results) -> dict[str, list[dict[str, Any]]]:
    """Return the facets of a list for JSON: for each its values that occur, with label, count, and whether chosen."""
    data = {}
    for facet in listing.facets:
        counts = results.counts.get(facet.name, {})
        chosen = results.state.chosen.get(facet.name, frozenset())
        data[facet.name] = [
            {
                "value": option.value,
                "label": option.label,
                "count": counts.get(option.value, 0),
                "chosen": option.value in chosen,
            }
            for option in facet.options()
            if counts.get(option.value) or option.value in chosen
        ]
    return data


def json_response(data: dict[str, Any]) -> HttpResponse:
    """Return `data` as JSON with readable accents."""
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
