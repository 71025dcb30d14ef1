"""The directory in packages (`docs/import.md`): organisations, services and hotlines, networks, programmes,
procedure notes."""

from directory.importing.networks import NetworkImporter
from directory.importing.organisations import OrganisationImporter
from directory.importing.procedures import ProcedureNoteImporter
from directory.importing.programmes import ProgrammeImporter
from platform_site.records.packages import registry

for importer in (OrganisationImporter(), NetworkImporter(), ProgrammeImporter(), ProcedureNoteImporter()):
    registry.register(importer)
