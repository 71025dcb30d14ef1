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
    from directory.models import CountryProfile, Network, Organisation, ProcedureNote, ProcedurePoint, Programme
    from directory.search_documents import meant_by, on_the_way
    from platform_site.vocabulary.models import LABEL_LANGUAGES
    from search import registration

    registration.register(
        registration.Source(
            record_type="organisation",
            model=Organisation,
            label=_("Organisations"),
            names=("name", "short_name", "acronym", "native_name"),
            texts=("texts__description", "services__name", "services__region"),
            also=meant_by,
        )
    )
    registration.register(
        registration.Source("network", Network, _("Networks"), ("name", "full_name"), ("texts__description",))
    )
    registration.register(
        registration.Source("programme", Programme, _("Programmes"), ("name", "acronym"), ("texts__summary",))
    )
    registration.register(
        registration.Source(
            record_type="procedure_note",
            model=ProcedureNote,
            label=_("Procedure notes"),
            names=("name", "texts__title"),
            texts=tuple(f"texts__{topic}" for topic in ProcedurePoint.Topic.values),
            also=on_the_way,
        )
    )
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
