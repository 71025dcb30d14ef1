"""Addresses of the directory, mounted inside the language prefix."""

from django.urls import path, re_path

from directory.views.country_compare import country_compare
from directory.views.country_coverage import country_coverage
from directory.views.country_detail import country_detail
from directory.views.country_list import country_list
from directory.views.country_pair import country_pair
from directory.views.country_pair_pick import country_pair_pick
from directory.views.indicator_list import indicator_list
from directory.views.network_detail import network_detail
from directory.views.network_list import network_list
from directory.views.organisation_detail import organisation_detail
from directory.views.organisation_list import organisation_list
from directory.views.organisation_report import organisation_report
from directory.views.procedure_detail import procedure_detail
from directory.views.programme_detail import programme_detail
from directory.views.programme_list import programme_list
from directory.views.situation import situation

app_name = "directory"

urlpatterns = [
    path("directory/", organisation_list, name="organisation_list"),
    path("directory/situation/", situation, name="situation"),
    path("directory/<slug:slug>/", organisation_detail, name="organisation_detail"),
    path("directory/<slug:slug>/report/", organisation_report, name="organisation_report"),
    path("countries/", country_list, name="country_list"),
    path("countries/coverage/", country_coverage, name="country_coverage"),
    path("countries/pair/", country_pair_pick, name="country_pair_pick"),
    path("countries/procedures/<slug:slug>/", procedure_detail, name="procedure_detail"),
    re_path(r"^countries/(?P<origin>[A-Za-z]{2})-(?P<destination>[A-Za-z]{2})/\Z", country_pair, name="country_pair"),
    path("countries/compare/", country_compare, name="country_compare"),
    path("countries/indicators/", indicator_list, name="indicator_list"),
    path("countries/<slug:code>/", country_detail, name="country_detail"),
    path("networks/", network_list, name="network_list"),
    path("networks/<slug:slug>/", network_detail, name="network_detail"),
    path("programmes/", programme_list, name="programme_list"),
    path("programmes/<slug:slug>/", programme_detail, name="programme_detail"),
]
