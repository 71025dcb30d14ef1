"""The directory in packages (`docs/import.md`): organisations, networks, programmes, countries, procedure notes."""

from directory.importing.indicators import IndicatorImporter
from directory.importing.networks import NetworkImporter
from directory.importing.organisations import OrganisationImporter
from directory.importing.procedures import ProcedureNoteImporter
from directory.importing.profiles import ProfileImporter
from directory.importing.programmes import ProgrammeImporter
from platform_site.records.packages import registry

for importer in (
    OrganisationImporter(),
    NetworkImporter(),
    ProgrammeImporter(),
    IndicatorImporter(),
    ProfileImporter(),
    ProcedureNoteImporter(),
):
    registry.register(importer)
