"""Models of the directory. Names follow HSDS 3.0 in British spelling."""

from directory.models.countries import ActionPlan, CountryProfile, NationalBody, ProfileText
from directory.models.indicators import CountryFact, Indicator
from directory.models.networks import (
    Network,
    NetworkMembership,
    NetworkText,
    Programme,
    ProgrammeLink,
    ProgrammePartner,
    ProgrammeTerm,
    ProgrammeText,
)
from directory.models.organisations import Location, Organisation, OrganisationTerm, OrganisationText
from directory.models.procedures import ProcedureNote, ProcedurePoint, ProcedureText
from directory.models.reports import ErrorReport
from directory.models.services import Hotline, HotlineTerm, Service, ServiceTerm

__all__ = [
    "ActionPlan",
    "CountryFact",
    "CountryProfile",
    "ErrorReport",
    "Hotline",
    "HotlineTerm",
    "Indicator",
    "Location",
    "NationalBody",
    "Network",
    "NetworkMembership",
    "NetworkText",
    "Organisation",
    "OrganisationTerm",
    "OrganisationText",
    "ProcedureNote",
    "ProcedurePoint",
    "ProcedureText",
    "ProfileText",
    "Programme",
    "ProgrammeLink",
    "ProgrammePartner",
    "ProgrammeTerm",
    "ProgrammeText",
    "Service",
    "ServiceTerm",
]
