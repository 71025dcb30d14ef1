"""The content that the access matrix is tried on: one of each kind, published, with the arguments of its addresses."""

from __future__ import annotations

import datetime as dt

from directory.models import Network, Programme, ProgrammeText
from platform_site.records.services import publish_record
from tests.directory.making import make_note
from tests.factories import make_case, make_chart, make_organisation, make_page, make_service
from tests.library.guiding import make_guide
from tests.library.making import make_document, make_pdf
from tests.search.making import make_abbreviation

DIRECTORY = "<language>/directory/<slug:slug>/"
CHART = r"<language>/^practices/(?P<chart_no>[1-9][0-9]{0,5})/\Z"
CASE = r"<language>/^case-studies/(?P<case_no>[1-9][0-9]{0,5})/\Z"
PAIR = r"<language>/^countries/(?P<origin>[A-Za-z]{2})-(?P<destination>[A-Za-z]{2})/\Z"
CATEGORY = r"<language>/^practices/categories/(?P<code>[a-z])/\Z"


VERSION = r"<language>/^(?P<path>(?:[\w\-]+/)+)versions/(?P<day>\d{4}-\d{2}-\d{2})/\Z"
GUIDE = r"<language>/^guides/(?P<guide>[-\w]+)/"

# Addresses below a document with a file, and their further arguments.
LIBRARY_FILES: dict[str, dict[str, str]] = {
    "files/<slug:key>/": {},
    "files/<slug:key>/preview/": {},
    "files/<slug:key>/versions/<int:pk>/": {},
    "read/<slug:key>/": {},
    "read/<slug:key>/<int:part>/": {"part": "1"},
    "read/<slug:key>/at/<slug:anchor>/": {"anchor": "page-1"},
}


def argument_values() -> dict[str, str]:
    """Make the content and return the arguments of the routes that show it.

    Routes of the editors' screens get keys that no row has: what the matrix asks of them is who may come in.
    """
    organisation = make_organisation(
        slug="matrix-organisation", services=[make_service("shelter", languages=["ro"], ages=["minor"])]
    )
    chart = make_chart(organisations=[organisation])
    publish_record(record=Network(name="Matrix network", slug="matrix-network"))
    programme = Programme(name="Matrix programme", slug="matrix-programme")
    programme.texts = [ProgrammeText(language="en", is_original=True, summary="What it did.")]
    publish_record(record=programme)
    make_note(slug="matrix-note")
    make_abbreviation("MTRX", "Matrix", slug="matrix-abbreviation")
    paper = make_document(
        slug="matrix-document", files=[("en", "matrix.pdf", make_pdf(["Words of the matrix, enough to be a text."]))]
    )
    make_guide(slug="matrix-guide", chapters=1)
    make_page("Charter", slug="matrix-charter", adopted_on=dt.date(2019, 1, 1)).earlier_versions.create(
        title="Charter", adopted_on=dt.date(2018, 1, 1)
    )
    document = "<language>/library/<slug:slug>/"
    citation = r"<language>/^library/(?P<slug>[-\w]+)/citation\.(?P<ending>ris|bib|txt)\Z"
    return {
        f"{document}|slug": "matrix-document",
        f"{citation}|slug": "matrix-document",
        f"{citation}|ending": "ris",
        **{
            f"{document}{rest}|{name}": value
            for rest, names in LIBRARY_FILES.items()
            for name, value in {"slug": "matrix-document", "key": "en", **names}.items()
        },
        f"{document}files/<slug:key>/versions/<int:pk>/|pk": str(paper.files.get().stored_id),
        f"{VERSION}|path": "matrix-charter/",
        f"{VERSION}|day": "2018-01-01",
        "guide": "matrix-guide",
        "chapter": "chapter-1",
        f"{GUIDE}citation\\.(?P<ending>ris|bib|txt)\\Z|ending": "ris",
        f"{GUIDE}(?P<chapter>[-\\w]+)/citation\\.(?P<ending>ris|bib|txt)\\Z|ending": "bib",
        "<language>/glossary/<slug:code>/|code": "forced_labour",
        "<language>/glossary/abbreviations/<slug:slug>/|slug": "matrix-abbreviation",
        "<language>/legal-instruments/<slug:code>/|code": "palermo_protocol",
        "<language>/monitoring-bodies/<slug:code>/|code": "greta",
        f"{DIRECTORY}|slug": organisation.slug,
        f"{DIRECTORY}report/|slug": organisation.slug,
        "<language>/countries/<slug:code>/|code": "IT",
        "<language>/countries/procedures/<slug:slug>/|slug": "matrix-note",
        f"{PAIR}|origin": "de",
        f"{PAIR}|destination": "ro",
        "<language>/networks/<slug:slug>/|slug": "matrix-network",
        "<language>/programmes/<slug:slug>/|slug": "matrix-programme",
        f"{CHART}|chart_no": str(chart.chart_no),
        f"{CATEGORY}|code": "a",
        f"{CASE}|case_no": str(make_case(organisation=organisation).case_no),
    }
