"""What the search finds of pages: one document for the languages of a page together, with its sections as places.

A page is known by the first page of its group of languages (`first_of_group`), whichever of them are published.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count, groupby
from operator import attrgetter
from typing import Any

from django.db.models import Min
from django.utils.translation import override
from wagtail.models import Page

from platform_site.accounts.principals import principals_of
from platform_site.blocks.sections import Section, sections_of, words_in_source
from platform_site.pages.search_rules import PageRules
from platform_site.pages.site_page import SitePageMixin
from search.building import Collected, facets_of, published_day
from search.documents import Passage, SearchDocument
from search.rules import allows


def first_pks(pages: Any) -> list[int]:
    """Return the primary keys of the first pages of the groups to which `pages` (a queryset) belong."""
    group = Page.objects.filter(alias_of=None, translation_key__in=pages.order_by().values("translation_key"))
    found = group.order_by().values("translation_key").annotate(first=Min("pk")).order_by("first")
    return list(found.values_list("first", flat=True))


def page_pks(model: Any) -> Callable[[], list[int]]:
    """Return, for `Source.published`, the function that gives the pages of a type that are written in some language."""
    return lambda: first_pks(model.objects.written())


def readable_pages(model: Any) -> Callable[[Collection[int], Any], set[int]]:
    """Return, for `Source.readable`, the function that gives those of some first pages that a person may read now."""

    def readable(pks: Collection[int], user: Any) -> set[int]:
        groups = Page.objects.filter(pk__in=pks).order_by().values("translation_key")
        rows = model.objects.written().filter(translation_key__in=groups).order_by("translation_key", "pk")
        rules, principals = PageRules(), principals_of(user)
        found: set[int] = set()
        for _key, group in groupby(rows, key=attrgetter("translation_key")):
            pages = list(group)
            rule = rules.rule_for(pages)
            if rule is not None and allows(rule, principals):
                found.update(first_of_group(pages[0]))
        return found & set(pks)

    return readable


def first_of_group(page: Page) -> list[int]:
    """Return, for `Source.follows`, by which page the group of `page` is known; a deleted page was known by itself."""
    return sorted({page.pk, *first_pks(Page.objects.filter(translation_key=page.translation_key))})


def page_documents(
    model: Any,
    record_type: str,
    pks: Sequence[int],
    *,
    names: Callable[[Any], Iterable[str]] = lambda _page: (),
    day: Callable[[Any], date | None] = published_day,
    facets: Callable[[Any], Mapping[str, Iterable[str]]] = lambda _page: {},
    stands: Callable[[Any], bool] = lambda _page: True,
) -> Iterator[SearchDocument]:
    """Yield what is indexed of the pages of a type: of first pages of their groups that are written in some language.

    Five queries at most. `names`, `day` and `facets` give for a written page further names, the day to sort by and
    further facets; `stands` says whether its address shows it.
    """
    groups = Page.objects.filter(pk__in=pks).order_by().values("translation_key")
    rows = model.objects.filter(translation_key__in=groups, alias_of=None).select_related("locale")
    rules, known = PageRules(), frozenset(pks)
    for _key, found in groupby(rows.order_by("translation_key", "pk"), key=attrgetter("translation_key")):
        group = list(found)
        written = [page for page in group if is_written(page) and stands(page)]
        rule = rules.rule_for(group)
        if group[0].pk in known and written and rule is not None:
            yield _document(record_type, group[0], written, rule=rule, names=names, day=day, facets=facets)


def is_written(page: SitePageMixin) -> bool:
    """Say of a page that is no alias whether its text is live and in the language of its tree."""
    return bool(page.live) and page.text_language == page.locale.language_code


def _document(
    record_type: str, first: Any, written: Sequence[Any], *, rule: str, names: Any, day: Any, facets: Any
) -> SearchDocument:
    collected, places = Collected(), []
    original = written[0]
    path = original.url_path.split("/", 2)[2]
    for page in written:
        language = page.text_language
        collected.add("title", language, page.title)
        collected.add("names", language, *names(page))
        collected.add("summary", language, words_in_source(page.intro))
        with override(language):
            sections = sections_of(page.body)
        if any(section.heading for section in sections):
            places += [(section, page.title, language) for section in sections]
        else:
            collected.add("body", language, *(section.text for section in sections))
    return SearchDocument(
        key=f"{record_type}:{first.translation_key}",
        type=record_type,
        pk=first.pk,
        path=path,
        original=original.text_language,
        texts=collected.texts(),
        rule=rule,
        facets=facets_of(facets(original), type=[record_type], language=[page.text_language for page in written]),
        date=day(original),
        passages=tuple(_passages(places, path)),
    )


def _passages(places: Iterable[tuple[Section, str, str]], path: str) -> Iterator[Passage]:
    """Yield sections as places of their page; what stands before the first heading is called by the page's title."""
    numbers = count(1)
    for section, title, language in places:
        address = f"{path}#{section.anchor}" if section.anchor else path
        yield Passage(next(numbers), section.heading or title, address, section.text, language)
