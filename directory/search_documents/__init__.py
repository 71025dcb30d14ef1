"""What the search finds of the directory: what words can mean in its lists, and a document for each record."""

from directory.search_documents.countries import country_profile_documents, procedure_note_documents
from directory.search_documents.meanings import meant_by, on_the_way
from directory.search_documents.networks import names_of, network_documents, programme_documents
from directory.search_documents.organisations import organisation_documents

__all__ = [
    "country_profile_documents",
    "meant_by",
    "names_of",
    "network_documents",
    "on_the_way",
    "organisation_documents",
    "procedure_note_documents",
    "programme_documents",
]
