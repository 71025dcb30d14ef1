"""Which pages are measured: every type that the public reads, with the fullest entries as well as usual ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Length
from django.test import Client
from django.urls import reverse
from django.utils import translation

# Single choices and combinations are drawn anew but in the same way each time, so that runs can be compared.
_SEED = 20_260_101
_NEW_STATES = 400
_LIST_FACETS = {
    "directory:organisation_list": [("service", "accommodation"), ("age", "minor"), ("country", "IT")],
    "practices:practice_list": [("category", "C"), ("country", "IT")],
    "practices:case_list": [("exploitation", "labour"), ("country", "IT")],
    "library:document_list": [("country", "IT")],
}
# What a list shows, as the data versions name it.
_DATA = {
    "directory:organisation_list": "organisation",
    "practices:practice_list": "practice",
    "practices:case_list": "case",
    "library:document_list": "document",
}
# Pages of one address each, by their kind.
_SINGLE = {
    "list": ["directory:country_list", "directory:network_list", "directory:programme_list"],
    "page": ["safety_page", "practices:case_statistics", "library:tools", "library:legal_instrument_list"],
}


@dataclass(frozen=True)
class Page:
    """One page to measure: its kind (see `limits`), a name, and its addresses (several only for states of a list).

    `changes` names the data that is said to have changed before it is measured.
    """

    kind: str
    name: str
    paths: tuple[str, ...]
    changes: str = ""


def _entries(model: Any, name: str) -> Iterator[Page]:
    """Yield three entries of a model: the first, one from the middle, the last."""
    keys = list(model.objects.visible_to(AnonymousUser()).order_by("pk").values_list("pk", flat=True))
    if not keys:
        return
    for position, pk in (("first", keys[0]), ("middle", keys[len(keys) // 2]), ("last", keys[-1])):
        yield Page("entry", f"{name}, {position}", (model.objects.get(pk=pk).get_absolute_url(),))


def _new_states(client: Client, path: str) -> tuple[str, ...]:
    """Return addresses of filter states, each different, each of values that the list really offers."""
    facets = client.get(f"{path}?format=json", secure=True).json()["facets"]
    choices = [(name, option["value"]) for name, options in facets.items() for option in options if option["count"]]
    if not choices:
        return ()
    draw = random.Random(_SEED)  # noqa: S311  a repeatable choice, no secret
    states: dict[str, None] = {}
    for _attempt in range(_NEW_STATES * 5):
        states[f"{path}?{urlencode(sorted(draw.sample(choices, min(len(choices), draw.choice((1, 2, 3))))))}"] = None
        if len(states) == _NEW_STATES:
            break
    return tuple(states)


def choose_pages(client: Client) -> list[Page]:
    """Return all pages to measure of the site in the database, in English."""
    from directory.models import Network, Organisation, Programme
    from library.models import LibraryDocument
    from practices.models import CaseStudy, PracticeChart

    with translation.override("en"):
        pages = [Page("page", "home", ("/en/",))]
        for kind, names in _SINGLE.items():
            pages += [Page(kind, name, (reverse(name),)) for name in names]
        for url_name, facets in _LIST_FACETS.items():
            path = reverse(url_name)
            title = url_name.partition(":")[2].removesuffix("_list")
            chosen = urlencode(facets)
            pages.append(Page("list", title, (path,)))
            pages.append(Page("list", f"{title}, filtered", (f"{path}?{chosen}",)))
            pages.append(Page("list", f"{title}, page 2", (f"{path}?page=2",)))
            pages.append(Page("list", f"{title}, words", (f"{path}?q=training",)))
            states = _new_states(client, path)
            if states:
                pages.append(Page("list, new state", f"{title}, new states", states))
                pages.append(Page("list, cold", f"{title}, cold", states, changes=_DATA[url_name]))
            pages.append(Page("data", f"{title}, JSON", (f"{path}?{chosen}&format=json",)))
        directory = reverse("directory:organisation_list")
        pages.append(Page("list", "directory, table", (f"{directory}?view=table",)))
        pages.append(Page("list", "directory, map", (f"{directory}?view=map",)))
        pages.append(Page("page", "country", (reverse("directory:country_detail", args=["IT"]),)))
        pages.append(Page("page", "country pair", (reverse("directory:country_pair", args=["it", "ro"]),)))
        pages.append(Page("page", "coverage", (reverse("directory:country_coverage"),)))
        pages += _tree_pages()
        for model, name in (
            (Organisation, "organisation"),
            (PracticeChart, "chart"),
            (CaseStudy, "case study"),
            (LibraryDocument, "document"),
            (Network, "network"),
            (Programme, "programme"),
        ):
            pages += _entries(model, name)
    return pages


def _tree_pages() -> list[Page]:
    """Return the lists of guides and news, the guide with the most chapters, the longest chapter, the newest news."""
    from library.models import ChapterPage, GuidePage
    from newsletters.models import NewsPage

    pages = [Page("list", "guides", ("/en/guides/",)), Page("list", "news", ("/en/news/",))]
    english = {"live": True, "locale__language_code": "en"}
    chosen = (
        ("guide", GuidePage.objects.filter(**english).order_by("-numchild")),
        ("chapter", ChapterPage.objects.filter(**english).order_by(Length("body_text").desc())),
        ("news item", NewsPage.objects.filter(**english).order_by("-date")),
    )
    for name, found in chosen:
        page = found.first()
        if page is not None:
            pages.append(Page("entry", name, (page.url,)))
    return pages
