"""Abstract models of records and their parts."""

from platform_site.records.models.parts import HasTerms, RecordPart, TermRow
from platform_site.records.models.record import Record

__all__ = ["HasTerms", "Record", "RecordPart", "TermRow"]
