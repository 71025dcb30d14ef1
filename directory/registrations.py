"""What the directory registers with the lower layers when it is ready."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Register search sources, places of the navigation, lines and blocks on other pages, computed figures."""
    _register_sources()
    _register_places()
    _register_related()
    _register_figures()


def _register_sources() -> None:
    _register_organisations()
    _register_networks()
    _register_procedures()
    _register_profiles()


def _register_organisations() -> None:
    from directory.models import (
        Hotline,
        HotlineTerm,
        Location,
        Network,
        NetworkMembership,
        Organisation,
        OrganisationTerm,
        OrganisationText,
        Service,
        ServiceTerm,
    )
    from directory.search_documents import meant_by, organisation_documents
    from search import registration
    from search.building import belonging_to, naming, published_pks

    registration.register(
        registration.Source(
            record_type="organisation",
            model=Organisation,
            label=_("Organisations"),
            names=("name", "short_name", "acronym", "native_name"),
            texts=("texts__description", "services__name", "services__region"),
            also=meant_by,
            published=published_pks(Organisation),
            documents=organisation_documents,
            follows={
                OrganisationText: belonging_to("record_id"),
                OrganisationTerm: belonging_to("owner_id"),
                Location: belonging_to("organisation_id"),
                Service: belonging_to("organisation_id"),
                ServiceTerm: lambda row: Service.objects.filter(pk=row.owner_id).values_list("organisation", flat=True),
                Hotline: belonging_to("organisation_id"),
                HotlineTerm: lambda row: Hotline.objects.filter(pk=row.owner_id).values_list("organisation", flat=True),
                NetworkMembership: belonging_to("organisation_id"),
                Network: naming(NetworkMembership, "network", "organisation"),
            },
        )
    )


def _register_networks() -> None:
    from directory.models import (
        Network,
        NetworkMembership,
        NetworkText,
        Organisation,
        Programme,
        ProgrammePartner,
        ProgrammeTerm,
        ProgrammeText,
    )
    from directory.search_documents import network_documents, programme_documents
    from search import registration
    from search.building import belonging_to, naming, published_pks

    registration.register(
        registration.Source(
            record_type="network",
            model=Network,
            label=_("Networks"),
            names=("name", "full_name"),
            texts=("texts__description",),
            published=published_pks(Network),
            documents=network_documents,
            follows={
                NetworkText: belonging_to("record_id"),
                NetworkMembership: belonging_to("network_id"),
                Organisation: naming(NetworkMembership, "organisation", "network"),
            },
        )
    )
    registration.register(
        registration.Source(
            record_type="programme",
            model=Programme,
            label=_("Programmes"),
            names=("name", "acronym"),
            texts=("texts__summary",),
            published=published_pks(Programme),
            documents=programme_documents,
            follows={
                ProgrammeText: belonging_to("record_id"),
                ProgrammeTerm: belonging_to("owner_id"),
                ProgrammePartner: belonging_to("programme_id"),
                Organisation: naming(ProgrammePartner, "organisation", "programme"),
            },
        )
    )


def _register_procedures() -> None:
    from directory.models import ProcedureNote, ProcedurePoint, ProcedureText
    from directory.search_documents import on_the_way, procedure_note_documents
    from search import registration
    from search.building import belonging_to, published_pks

    registration.register(
        registration.Source(
            record_type="procedure_note",
            model=ProcedureNote,
            label=_("Procedure notes"),
            names=("name", "texts__title"),
            texts=tuple(f"texts__{topic}" for topic in ProcedurePoint.Topic.values),
            also=on_the_way,
            published=published_pks(ProcedureNote),
            documents=procedure_note_documents,
            follows={ProcedureText: belonging_to("record_id"), ProcedurePoint: belonging_to("note_id")},
        )
    )


def _register_profiles() -> None:
    from directory.models import ActionPlan, CountryFact, CountryProfile, NationalBody, ProfileText
    from directory.search_documents import country_profile_documents
    from platform_site.vocabulary.models import LABEL_LANGUAGES
    from search import registration
    from search.building import belonging_to, published_pks

    registration.register(
        registration.Source(
            record_type="country_profile",
            model=CountryProfile,
            label=_("Country profiles"),
            names=(*(f"country__label_{language}" for language in LABEL_LANGUAGES), "native_name"),
            texts=(
                *(f"texts__{name}" for name in ("trends", "routes", "sectors", "policies")),
                "plans__name",
                "bodies__name",
            ),
            published=published_pks(CountryProfile),
            documents=country_profile_documents,
            follows={
                ProfileText: belonging_to("record_id"),
                ActionPlan: belonging_to("profile_id"),
                NationalBody: belonging_to("profile_id"),
                CountryFact: belonging_to("profile_id"),
            },
        )
    )


def _register_places() -> None:
    from platform_site.ui import navigation

    navigation.register("directory", _("Directory"), "directory:organisation_list", 10)
    navigation.register("countries", _("Countries"), "directory:country_list", 20)
    navigation.register("networks", _("Networks"), "directory:network_list", 40, area="use")
    navigation.register("programmes", _("Programmes"), "directory:programme_list", 50, area="use")


def _register_related() -> None:
    from directory.linked import network_lines, organisation_lines, programme_lines, programmes_with
    from directory.models import ProgrammeLink
    from search import related

    related.register_lines("organisation", organisation_lines)
    related.register_lines("network", network_lines)
    related.register_lines("programme", programme_lines)
    for subject in ProgrammeLink.linkable:
        related.register(subject, "programme", partial(programmes_with, subject))


def _register_figures() -> None:
    from directory import selectors
    from platform_site.blocks import figures

    figures.register("organisations", _("Organisations in this directory"), selectors.organisation_count)
    figures.register("countries", _("Countries with an organisation of this directory"), selectors.country_count)
    figures.register("services", _("Services of these organisations"), selectors.service_count)
    figures.register("hotlines", _("Hotlines in this directory"), selectors.hotline_count)
    figures.register("networks", _("Networks"), selectors.network_count)
    figures.register("programmes", _("Programmes"), selectors.programme_count)
