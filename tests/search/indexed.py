"""One published record of every kind with every kind of row, for tests of what is indexed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from modelcluster.models import get_all_child_relations

from directory.models import (
    ActionPlan,
    Hotline,
    Location,
    NationalBody,
    Network,
    NetworkMembership,
    NetworkText,
    Organisation,
    OrganisationText,
    Programme,
    ProgrammePartner,
    ProgrammeText,
)
from library.models import LibraryDocument
from platform_site.records.services import publish_record
from platform_site.vocabulary.store import term_id
from practices.models import CaseStudy, PracticeChart
from search.documents import SearchDocument
from search.registration import sources
from tests.directory.making import make_note
from tests.directory.profiles import fact, make_profile
from tests.factories import build_organisation, make_case, make_chart, make_organisation, make_service
from tests.library.making import make_document, text_file

# Rows of records that no document speaks of.
NOT_INDEXED = {"ProgrammeLink", "DocumentUse"}


def make_full_organisation(**values: Any) -> Organisation:
    """Return a published organisation with rows of every kind, in a network; its office is for staff alone."""
    service = make_service("shelter", languages=["ro"], target_groups=["victims"], countries=["MD"], name="A house")
    organisation = build_organisation(
        services=[service], country="RO", languages=["ro", "en"], countries=["HU"], **values
    )
    organisation.texts = [*organisation.texts.all(), OrganisationText(language="de", description="Hilfe vor Ort.")]
    hotline = Hotline(number="0800 1234")
    hotline.set_codes("languages", ["uk"])
    organisation.hotlines = [hotline]
    organisation.locations = [Location(city="Iași", address="Strada Mare 1")]
    published: Organisation = publish_record(record=organisation)
    return published


def make_full_network(**values: Any) -> Network:
    """Return a published network with a member and a text."""
    organisation = make_organisation()
    name = values.pop("name", f"Net of {organisation.name}")
    network = Network(name=name, slug=f"net-{organisation.pk}", kind_id=term_id("network_kinds", "network"), **values)
    network.memberships = [NetworkMembership(organisation=organisation)]
    network.texts = [NetworkText(is_original=True, description="Who works together.")]
    published: Network = publish_record(record=network)
    return published


def make_full_programme(**values: Any) -> Programme:
    """Return a published programme with a partner of the directory, another one, a country and a text."""
    organisation = make_organisation()
    programme = Programme(name=f"Way {organisation.pk}", slug=f"way-{organisation.pk}", **values)
    programme.set_codes("countries", ["IT"])
    programme.texts = [ProgrammeText(is_original=True, summary="What it did.", outputs="A leaflet.")]
    programme.partners = [ProgrammePartner(organisation=organisation), ProgrammePartner(printed_name="A ministry")]
    published: Programme = publish_record(record=programme)
    return published


COUNTRIES = iter(("RO", "BG", "HU", "PL", "ES", "FR", "IT", "GR", "PT", "NL", "SE", "FI", "CZ", "SK", "AT", "BE"))


def make_full_profile(**values: Any) -> Any:
    """Return a published profile of another country each time, with rows of every kind."""
    return make_profile(
        next(COUNTRIES),
        [fact("specific_law_all_forms", "yes")],
        texts={"en": {"trends": "What changed.", "routes": "From the coast."}},
        plans=[ActionPlan(name="A plan", start="2020")],
        bodies=[NationalBody(name="A bureau", role="coordinator")],
        **values,
    )


def make_full_chart(**values: Any) -> PracticeChart:
    """Return a published chart with funding and a translation."""
    return make_chart(
        funding=[("A foundation", "foundation", None)], translations={"fr": {"name": "Une pratique"}}, **values
    )


def make_full_case(**values: Any) -> CaseStudy:
    """Return a published case study with steps and themes."""
    return make_case(
        ticks={"age": ("minor",), "exploitation": ("sexual",)},
        themes={"obstacle": ("no_partner_abroad",)},
        steps=[("RO", "The papers", "The consulate gave a paper.")],
        **values,
    )


def make_full_document(**values: Any) -> LibraryDocument:
    """Return a published document with a text to read and an article of an instrument."""
    return make_document(
        files=[text_file()],
        instruments=[("coe_convention_trafficking", "art. 13", "reflection period", "en")],
        topics=["identification"],
        published_on="2019-05",
        **values,
    )


MAKERS: dict[str, Callable[..., Any]] = {
    "organisation": make_full_organisation,
    "network": make_full_network,
    "programme": make_full_programme,
    "procedure_note": lambda **values: make_note(as_of=dt.date(2024, 2, 3), **values),
    "country_profile": make_full_profile,
    "practice": make_full_chart,
    "case": make_full_case,
    "document": make_full_document,
}


def documents_of(record_type: str, *pks: int) -> list[SearchDocument]:
    """Return what is indexed of records or pages of a type."""
    documents = sources()[record_type].documents
    assert documents is not None
    return list(documents(pks))


def words_of_document(document: SearchDocument) -> str:
    """Return all that can be found in a document, in one text."""
    texts = [
        text for found in document.texts.values() for text in (found.title, found.names, found.summary, found.body)
    ]
    return "\n".join([*texts, *(passage.text for passage in document.passages), repr(document.facets)])


def rows_of(owner: Any) -> Iterator[Any]:
    """Yield a record and all its rows, those of rows included."""
    yield owner
    if hasattr(type(owner), "_meta"):
        for relation in get_all_child_relations(type(owner)):
            for row in getattr(owner, relation.get_accessor_name()).all():
                yield from rows_of(row)
