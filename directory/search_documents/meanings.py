"""What the search finds of the directory beside its texts."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from directory.access import readable_offices_condition
from directory.models import Location, OrganisationTerm, Service, ServiceTerm
from platform_site.accounts.principals import principals_of
from search.registration import terms_named


def meant_by(word: str, user: Any) -> Q:
    """Return the organisations that `word` (folded) can mean to `user`: by a service, a country, a readable city."""
    services, countries = terms_named("service_types", word), terms_named("countries", word)
    offices = Location.objects.filter(readable_offices_condition(principals_of(user)), city__folded__contains=word)
    return (
        Q(pk__in=offices.values("organisation"))
        | Q(pk__in=Service.objects.filter(service_type__in=services).order_by().values("organisation"))
        | Q(country__in=countries)
        | Q(pk__in=OrganisationTerm.objects.filter(term__in=countries).order_by().values("owner"))
        | Q(pk__in=ServiceTerm.objects.filter(term__in=countries).order_by().values("owner__organisation"))
    )


def on_the_way(word: str, user: Any) -> Q:
    """Return the procedure notes that `word` (folded) can mean: by the name of one of their countries."""
    countries = terms_named("countries", word)
    return Q(origin__in=countries) | Q(destination__in=countries)
