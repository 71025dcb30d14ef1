"""Abstract models of records and their parts, and the comments on them."""

from platform_site.records.models.comments import RecordComment
from platform_site.records.models.links import RecordLink, link_problems, links_in_order
from platform_site.records.models.named import HasName
from platform_site.records.models.parts import HasTerms, RecordPart, TermRow
from platform_site.records.models.record import Record

__all__ = [
    "HasName",
    "HasTerms",
    "Record",
    "RecordComment",
    "RecordLink",
    "RecordPart",
    "TermRow",
    "link_problems",
    "links_in_order",
]
