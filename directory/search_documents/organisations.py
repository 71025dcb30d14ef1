"""What the search finds of organisations. Phones and mails of offices are in no document: who looks one up finds it on
the entry, as far as it is shown there. Hotlines are there to be found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from django.db.models import Prefetch

from directory.access import readable_offices
from directory.models import Hotline, NetworkMembership, Organisation, Service
from platform_site.records.audiences import record_readable
from platform_site.vocabulary.store import Entry, vocabulary
from search.building import Collected, codes_of, entries_above, facets_of, path_of, published_day, with_twin, words_of
from search.documents import SearchDocument

# What is typed in a service, in the language of the organisation's words.
SERVICE_WORDS = ("name", "region", "conditions", "longest_duration", "hours", "capacity_note")
# The terms of a service, with the name of the facet.
SERVICE_FACETS = {
    "target_groups": "target",
    "exploitation_types": "exploitation",
    "genders": "gender",
    "ages": "age",
    "languages": "service_language",
    "countries": "country",
}


def organisation_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield what is indexed of the published organisations with these primary keys, from ten queries."""
    memberships = NetworkMembership.objects.select_related("network")
    found = Organisation.objects.published().filter(pk__in=pks).order_by("pk")
    rows = found.for_entry().prefetch_related(Prefetch("network_memberships", memberships))
    for organisation in rows:

        def build(principals: frozenset[str], organisation: Organisation = organisation) -> SearchDocument:
            return _document(organisation, principals)

        yield from with_twin(organisation.audience, build)


def _document(organisation: Organisation, principals: frozenset[str]) -> SearchDocument:
    collected, language = Collected(), organisation.original_language
    services, hotlines = list(organisation.services.all()), list(organisation.hotlines.all())
    collected.add("title", language, organisation.name)
    collected.add("names", language, organisation.short_name, organisation.acronym)
    collected.add("names", organisation.native_language or language, organisation.native_name)
    collected.add_labels(_terms(organisation, services, hotlines))
    for text in organisation.texts.all():
        collected.add("summary", text.language, words_of(text.description))
    typed = organisation.words_language
    for service in services:
        collected.add("body", typed, *(getattr(service, name) for name in SERVICE_WORDS))
    for hotline in hotlines:
        collected.add("body", typed, hotline.number, hotline.hours)
    for office in readable_offices(organisation, principals):
        collected.add("body", language, office.city, office.address)
    # By its name a network is looked for, not its members: of equal weight they would stand before it.
    for membership in organisation.network_memberships.all():
        if record_readable(membership.network, principals):
            collected.add("body", language, membership.network.name, membership.network.full_name)
    collected.add("body", language, urlsplit(organisation.website).netloc.removeprefix("www."))
    return SearchDocument(
        key=organisation.key,
        type=organisation.record_type,
        pk=organisation.pk,
        path=path_of(organisation.get_absolute_url()),
        original=language,
        texts=collected.texts(),
        facets=_facets(organisation, services, hotlines),
        date=_day(organisation, services),
    )


def _terms(organisation: Organisation, services: Sequence[Service], hotlines: Sequence[Hotline]) -> list[Entry | None]:
    """Return the terms by whose words the organisation is looked for."""
    kinds = [entry for service in services if (entry := service.type_entry)]
    if hotlines:
        # A number to call is one, also where no service says so.
        kinds += [entry for entry in [vocabulary("service_types").get("hotline")] if entry]
    found = [organisation.country_entry, organisation.type_entry, *organisation.entries("countries")]
    found += [*kinds, *entries_above(kinds)]
    for service in services:
        found += [entry for list_name in Service.term_lists for entry in service.entries(list_name)]
    for hotline in hotlines:
        found += [entry for list_name in Hotline.term_lists for entry in hotline.entries(list_name)]
    return [*found, *organisation.entries("languages")]


def _facets(
    organisation: Organisation, services: Sequence[Service], hotlines: Sequence[Hotline]
) -> dict[str, tuple[str, ...]]:
    country, kind = organisation.country_entry, organisation.type_entry
    by_facet = {
        facet: [code for service in services for code in service.codes(list_name)]
        for list_name, facet in SERVICE_FACETS.items()
    }
    for hotline in hotlines:
        by_facet["country"] += hotline.codes("countries")
        by_facet["service_language"] += hotline.codes("languages")
        by_facet["target"] += hotline.codes("target_groups")
    by_facet["country"] = [*([country.code] if country else []), *organisation.codes("countries"), *by_facet["country"]]
    by_facet["service_language"] += organisation.codes("languages")
    lists = {facet: list_name for list_name, facet in SERVICE_FACETS.items()}
    return facets_of(
        type=[organisation.record_type],
        language=sorted(organisation.content_languages),
        organisation_type=codes_of("organisation_types", [kind.code] if kind else []),
        service=codes_of("service_types", [entry.code for service in services if (entry := service.type_entry)]),
        **{facet: codes_of(lists[facet], codes) for facet, codes in by_facet.items()},
    )


def _day(organisation: Organisation, services: Sequence[Service]) -> date | None:
    """Return when somebody said that the entry is true: the day of the confirmation, else the year of its data."""
    stated = max((service.as_of for service in services if service.as_of), default=None)
    return organisation.confirmed_on or (date(stated, 1, 1) if stated else published_day(organisation))
