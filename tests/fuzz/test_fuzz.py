"""A thousand requests that nobody meant: addresses, parameters and form bodies, Wagtail's own screens included.

None may end in a server error. The seed stands in the failure's message, so that a run can be repeated.
"""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from tests.access.content import argument_values
from tests.access.routes import BY_CONVERTER, Route, routes

pytestmark = [pytest.mark.long, pytest.mark.django_db]

SEED = 20261122
REQUESTS = 1000
NASTY = [
    "",
    " ",
    "\x00",
    "\ud7ff",
    "’",
    '"',
    "'",
    "\\",
    "%",
    "%00",
    "../" * 8,
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "${7*7}",
    "a" * 5000,
    "1e309",
    "-1",
    "0",
    "999999999999999999999",
    "٣",
    "NaN",
    "null",
    "true",
    "[]",
    "{}",
    "[[",
    "١٢",
    "🙂" * 40,
    "\u202egnp.exe",
    "' OR 1=1 --",
    "x\r\nSet-Cookie: a=b",
    "IT",
    "practice:1",
    "case:1",
    "gender/female",
    "organisation:x",
    "2026-02-31",
    "C++",
    "women's",
    "\ufeff",
    "\t\n",
]
PARAMETERS = [
    "country",
    "service",
    "language",
    "age",
    "page",
    "sort",
    "view",
    "format",
    "q",
    "more",
    "chart",
    "only",
    "by",
    "gender",
    "contact",
    "obstacle",
    "organisation",
    "next",
    "p",
    "search",
    "order",
    "ordering",
    "choose",
    "_w_preview",
    "mode",
    "in_preview_panel",
    "locale",
    "results_only",
    "period",
    "id",
    "collection_id",
    "uploaded_by",
    "export",
    "is_expanded",
    "title",
    "tag",
    "site",
    "object_id",
    "parent_page_id",
    "multiple",
    "page_type",
    "pillar",
    "instrument",
    "tool",
    "from",
    "to",
    "section",
]
FIELDS = [
    "message",
    "reply_to",
    "login",
    "password",
    "name",
    "slug",
    "title",
    "csrfmiddlewaretoken",
    "texts-TOTAL_FORMS",
    "services-0-id",
    "services-TOTAL_FORMS",
    "services-INITIAL_FORMS",
    "action-publish",
    "comment",
    "next",
    "country",
    "confirmed_on",
    "q",
    "file",
    "code",
    "vocabulary",
    "parent",
    "body-count",
    "body-0-type",
    "go_live_at",
    "reason",
    "successor",
    "overwrite_revision_id",
]


def query(random_: random.Random) -> str:
    pairs = [(random_.choice(PARAMETERS), random_.choice(NASTY)) for _ in range(random_.randint(0, 4))]
    encoded = urlencode(pairs, errors="replace")
    return f"?{encoded}{random_.choice(['', '&', '&&=', '%', '&%ff=%fe'])}" if pairs else ""


def address(random_: random.Random, known: list[Route]) -> str:
    path = random_.choice(known).path
    for dummy in BY_CONVERTER.values():
        if dummy in path and random_.random() < 0.5:
            path = path.replace(dummy, quote(random_.choice(NASTY).replace("/", "")[:300]) or dummy, 1)
    if random_.random() < 0.1:
        path += quote(random_.choice(NASTY)[:200])
    return path + query(random_)


@pytest.mark.parametrize("role", ["anonymous", "editor", "administrator"])
def test_no_request_ends_in_a_server_error(role: str, client_for: Any) -> None:
    random_ = random.Random(f"{SEED}-{role}")
    client = client_for(role)
    client.raise_request_exception = False
    known = [
        route
        for route in routes(argument_values())
        if not any(end in route.path for end in ("leave", "logout", "health"))
    ]
    failed = []
    for number in range(REQUESTS):
        path = address(random_, known)
        body = {random_.choice(FIELDS): random_.choice(NASTY) for _ in range(random_.randint(0, 6))}
        method = "post" if random_.random() < 0.3 else "get"
        response = client.post(path, body) if method == "post" else client.get(path)
        if response.status_code >= 500:
            failed.append((number, method, path[:200], sorted(body)))
    assert failed == [], f"seed {SEED}"
