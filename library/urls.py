"""Addresses of the library; the language stands before them."""

from django.urls import path, re_path

from library.views.citation import document_citation
from library.views.document_detail import document_detail
from library.views.document_file import document_file, document_file_version, document_preview
from library.views.document_list import document_list
from library.views.document_read import document_read, document_read_at
from library.views.guide_citation import guide_citation
from library.views.guide_epub import guide_epub
from library.views.guide_print import guide_print
from library.views.legal_instrument import legal_instrument, legal_instrument_list
from library.views.monitoring_body import monitoring_body, monitoring_body_list
from library.views.tools import tools

app_name = "library"

urlpatterns = [
    path("library/", document_list, name="document_list"),
    path("library/tools/", tools, name="tools"),
    path("library/<slug:slug>/", document_detail, name="document_detail"),
    re_path(
        r"^library/(?P<slug>[-\w]+)/citation\.(?P<ending>ris|bib|txt)\Z", document_citation, name="document_citation"
    ),
    path("library/<slug:slug>/files/<slug:key>/", document_file, name="document_file"),
    path("library/<slug:slug>/files/<slug:key>/preview/", document_preview, name="document_preview"),
    path("library/<slug:slug>/files/<slug:key>/versions/<int:pk>/", document_file_version, name="document_version"),
    path("library/<slug:slug>/read/<slug:key>/", document_read, name="document_read"),
    path("library/<slug:slug>/read/<slug:key>/<int:part>/", document_read, name="document_read_part"),
    path("library/<slug:slug>/read/<slug:key>/at/<slug:anchor>/", document_read_at, name="document_read_at"),
    path("legal-instruments/", legal_instrument_list, name="legal_instrument_list"),
    path("legal-instruments/<slug:code>/", legal_instrument, name="legal_instrument"),
    # The guides themselves are pages of the tree, below `guides/`.
    path("guides/<slug:guide>/print/", guide_print, name="guide_print"),
    path("guides/<slug:guide>/guide.epub", guide_epub, name="guide_epub"),
    re_path(r"^guides/(?P<guide>[-\w]+)/citation\.(?P<ending>ris|bib|txt)\Z", guide_citation, name="guide_citation"),
    re_path(
        r"^guides/(?P<guide>[-\w]+)/(?P<chapter>[-\w]+)/citation\.(?P<ending>ris|bib|txt)\Z",
        guide_citation,
        name="chapter_citation",
    ),
    path("monitoring-bodies/", monitoring_body_list, name="monitoring_body_list"),
    path("monitoring-bodies/<slug:code>/", monitoring_body, name="monitoring_body"),
]
