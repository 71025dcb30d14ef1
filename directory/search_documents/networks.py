"""What the search finds of networks and programmes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Prefetch

from directory.models import Network, NetworkMembership, Organisation, Programme, ProgrammePartner
from platform_site.records.audiences import record_readable
from platform_site.vocabulary.store import entry_by_id
from search.building import Collected, codes_of, day_of, facets_of, path_of, published_day, with_twin, words_of, years
from search.documents import SearchDocument


def names_of(organisation: Organisation) -> tuple[str, ...]:
    """Return the names by which an organisation is known on other records."""
    return organisation.name, organisation.short_name, organisation.acronym, organisation.native_name


def network_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield what is indexed of the published networks with these primary keys, from three queries."""
    members = Prefetch("memberships", NetworkMembership.objects.select_related("organisation"))
    for network in Network.objects.published().filter(pk__in=pks).order_by("pk").prefetch_related("texts", members):

        def build(principals: frozenset[str], network: Network = network) -> SearchDocument:
            return _network(network, principals)

        yield from with_twin(network.audience, build)


def _network(network: Network, principals: frozenset[str]) -> SearchDocument:
    collected, language = Collected(), network.original_language
    kind = entry_by_id(network.kind_id)
    collected.add("title", language, network.name)
    collected.add("names", language, network.full_name)
    collected.add_labels([kind])
    for text in network.texts.all():
        collected.add("summary", text.language, words_of(text.description))
    members = [row.organisation for row in network.memberships.all() if record_readable(row.organisation, principals)]
    for organisation in members:
        collected.add("body", language, *names_of(organisation))
    return SearchDocument(
        key=network.key,
        type=network.record_type,
        pk=network.pk,
        path=path_of(network.get_absolute_url()),
        original=language,
        texts=collected.texts(),
        facets=facets_of(
            type=[network.record_type],
            language=sorted(network.content_languages),
            network_kind=codes_of("network_kinds", [kind.code] if kind else []),
            country=codes_of("countries", _seats(members)),
        ),
        date=published_day(network),
    )


def _seats(organisations: Iterable[Organisation]) -> list[str]:
    return [entry.code for organisation in organisations if (entry := organisation.country_entry)]


def programme_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield what is indexed of the published programmes with these primary keys, from four queries."""
    partners = Prefetch("partners", ProgrammePartner.objects.select_related("organisation"))
    found = Programme.objects.published().filter(pk__in=pks).order_by("pk")
    for programme in found.prefetch_related("terms", "texts", partners):

        def build(principals: frozenset[str], programme: Programme = programme) -> SearchDocument:
            return _programme(programme, principals)

        yield from with_twin(programme.audience, build)


def _programme(programme: Programme, principals: frozenset[str]) -> SearchDocument:
    collected, language = Collected(), programme.original_language
    kind = entry_by_id(programme.kind_id)
    collected.add("title", language, programme.name)
    collected.add("names", language, programme.acronym)
    collected.add_labels([kind, *programme.entries("countries")])
    for text in programme.texts.all():
        collected.add("summary", text.language, words_of(text.summary))
        collected.add("body", text.language, words_of(text.outputs))
    for partner in programme.partners.all():
        if partner.organisation is None:
            collected.add("body", language, partner.printed_name)
        elif record_readable(partner.organisation, principals):
            collected.add("body", language, *names_of(partner.organisation))
    collected.add("body", language, programme.funder)
    return SearchDocument(
        key=programme.key,
        type=programme.record_type,
        pk=programme.pk,
        path=path_of(programme.get_absolute_url()),
        original=language,
        texts=collected.texts(),
        facets=facets_of(
            type=[programme.record_type],
            language=sorted(programme.content_languages),
            programme_kind=codes_of("programme_kinds", [kind.code] if kind else []),
            country=codes_of("countries", programme.codes("countries")),
            year=years(programme.start, programme.end),
        ),
        date=day_of(programme.end) or day_of(programme.start) or published_day(programme),
    )
