"""Addresses of the search and the glossary, mounted inside the language prefix."""

from django.urls import path

from search.views.abbreviation_detail import abbreviation_detail
from search.views.concept_detail import concept_detail
from search.views.concept_list import concept_list
from search.views.search import SearchView

app_name = "search"

urlpatterns = [
    path("search/", SearchView.as_view(), name="search"),
    path("glossary/", concept_list, name="concept_list"),
    path("glossary/abbreviations/<slug:slug>/", abbreviation_detail, name="abbreviation_detail"),
    path("glossary/<slug:code>/", concept_detail, name="concept_detail"),
]
