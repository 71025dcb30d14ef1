"""What the search finds of practice charts and case studies.

Phone, fax, mail and street of a chart's contact are in no document, nor is the code of the person of a case study:
nobody is to be found by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from directory.models import Organisation
from directory.search_documents import names_of
from platform_site.records.audiences import record_readable
from platform_site.vocabulary.store import Entry, vocabulary
from practices.cases.template import ANSWERS, GROUP_BY_KEY, GROUPS, OTHERS, OptionGroup
from practices.models import CaseStudy, CaseText, PracticeChart, PracticeText
from practices.models.cases import kinds_line
from practices.standard_form import text_names
from search.building import (
    Collected,
    codes_of,
    day_of,
    entries_above,
    facets_of,
    path_of,
    published_day,
    with_twin,
    words_of,
    years,
)
from search.documents import SearchDocument

# Fields of a chart's text that weigh more than the others: what the practice is there for.
CHART_SUMMARY = ("general_aim", "objectives")
CHART_BODY = (*(name for name in text_names() if name not in {"name", *CHART_SUMMARY}), "adaptation_note")
# Fields of a case's text that hold formatted prose, in the order of the questions.
CASE_SUMMARY = "answer_1"
CASE_ANSWERS = tuple(question.name for question in ANSWERS if question.name != CASE_SUMMARY)


def practice_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield what is indexed of the published charts with these primary keys, from five queries."""
    found = PracticeChart.objects.published().filter(pk__in=pks).order_by("pk")
    for chart in found.for_page():

        def build(principals: frozenset[str], chart: PracticeChart = chart) -> SearchDocument:
            return _chart(chart, principals)

        yield from with_twin(chart.audience, build)


def _chart(chart: PracticeChart, principals: frozenset[str]) -> SearchDocument:
    collected, language = Collected(), chart.original_language
    terms = [chart.country_entry, *(entry for name in chart.term_lists for entry in chart.entries(name))]
    kinds = [entry for row in chart.funding.all() if (entry := row.kind_entry)]
    for text in chart.texts.all():
        _chart_text(collected, text)
    collected.add("names", chart.original_name_language or language, chart.original_name)
    for row in chart.organisations.all():
        if record_readable(row.organisation, principals):
            collected.add("names", language, *names_of(row.organisation))
    collected.add_labels([*terms, *entries_above(entry for entry in terms if entry)])
    collected.add_labels(kinds, "body")
    collected.add("body", language, *(row.source for row in chart.funding.all()), chart.contact_name)
    collected.add("body", language, *(_site(site) for site in chart.contact_website.split(";")))
    country = chart.country_entry
    return SearchDocument(
        key=chart.key,
        type=chart.record_type,
        pk=chart.pk,
        path=path_of(chart.get_absolute_url()),
        original=language,
        texts=collected.texts(),
        facets=facets_of(
            type=[chart.record_type],
            language=sorted(chart.content_languages),
            country=codes_of("countries", [*([country.code] if country else []), *chart.codes("countries")]),
            category=codes_of("practice_categories", chart.codes("practice_categories")),
            typology=codes_of("practice_typologies", chart.codes("practice_typologies")),
            target=codes_of("target_groups", chart.codes("target_groups")),
            level=codes_of("levels", chart.codes("levels")),
            funding=codes_of("funding_source_kinds", [entry.code for entry in kinds]),
            year=years(chart.start, chart.end or chart.data_year),
        ),
        date=day_of(chart.start) or date(chart.data_year, 1, 1),
    )


def _chart_text(collected: Collected, text: PracticeText) -> None:
    collected.add("title", text.language, text.name)
    collected.add("summary", text.language, *(words_of(getattr(text, name)) for name in CHART_SUMMARY))
    collected.add("body", text.language, *(words_of(getattr(text, name)) for name in CHART_BODY))


def _site(address: str) -> str:
    """Return the name of a site, as people type it."""
    return urlsplit(address.strip()).netloc.removeprefix("www.") or address.strip().removeprefix("www.")


def case_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield what is indexed of the published case studies with these primary keys, from five queries."""
    found = CaseStudy.objects.published().filter(pk__in=pks).order_by("pk")
    for case in found.for_page():

        def build(principals: frozenset[str], case: CaseStudy = case) -> SearchDocument:
            return _case(case, principals)

        yield from with_twin(case.audience, build)


def _case(case: CaseStudy, principals: frozenset[str]) -> SearchDocument:
    collected, language = Collected(), case.original_language
    options = {group: _options(case, group) for group in GROUPS}
    chosen = [entry for entries in options.values() for entry in entries]
    countries = [entry for entry in (case.country_entry, *case.entries("countries")) if entry]
    for text in case.texts.all():
        _case_text(collected, text, options[GROUP_BY_KEY["cooperation"]])
    teller: Organisation = case.organisation
    if record_readable(teller, principals):
        collected.add("names", language, *names_of(teller))
    collected.add_labels([*chosen, *entries_above(chosen), *countries])
    for step in case.steps.all():
        collected.add("body", step.language, step.heading, words_of(step.text))
    return SearchDocument(
        key=case.key,
        type=case.record_type,
        pk=case.pk,
        path=path_of(case.get_absolute_url()),
        original=language,
        texts=collected.texts(),
        facets=facets_of(
            {group.json: _short_codes(group, entries) for group, entries in options.items()},
            type=[case.record_type],
            language=sorted(case.content_languages),
            country=codes_of("countries", [entry.code for entry in countries]),
            exploitation=codes_of("exploitation_types", _mapped(options[GROUP_BY_KEY["exploitation"]])),
        ),
        date=published_day(case),
    )


def _case_text(collected: Collected, text: CaseText, kinds: Sequence[Entry]) -> None:
    title = text.title or kinds_line((entry.label(text.language) for entry in kinds), text.language)
    collected.add("title", text.language, title)
    collected.add("summary", text.language, words_of(text.answer_1))
    collected.add("body", text.language, *(getattr(text, name) for name in OTHERS))
    collected.add("body", text.language, *(words_of(getattr(text, name)) for name in CASE_ANSWERS))


def _options(case: CaseStudy, group: OptionGroup) -> list[Entry]:
    """Return what is ticked or coded in a group."""
    if not group.is_theme:
        return case.entries(group.list_name)
    themes = [entry for row in case.themes.all() if (entry := row.entry)]
    return [entry for entry in themes if group.list_name in entry.list_names]


def _short_codes(group: OptionGroup, entries: Sequence[Entry]) -> list[str]:
    """Return the codes of options as the format of packages has them, those above them included."""
    options = group.options
    return [options[code].short_code for entry in entries for code in options.with_ancestors(entry.code)]


def _mapped(entries: Sequence[Entry]) -> list[str]:
    """Return the forms of exploitation that options of the template stand for."""
    known = vocabulary("exploitation_types")
    return [code for entry in entries if (code := entry.attributes.get("list_code", "")) in known]
