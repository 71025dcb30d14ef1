"""Addresses of the practices and the case studies; the language stands before them."""

from django.urls import path, re_path

from practices.views.case_detail import case_detail
from practices.views.case_list import case_list
from practices.views.case_statistics import case_statistics
from practices.views.practice_category import practice_category
from practices.views.practice_compare import practice_compare
from practices.views.practice_detail import practice_detail
from practices.views.practice_list import practice_list

app_name = "practices"

urlpatterns = [
    path("practices/", practice_list, name="practice_list"),
    path("practices/compare/", practice_compare, name="practice_compare"),
    re_path(r"^practices/categories/(?P<code>[a-z])/\Z", practice_category, name="practice_category"),
    re_path(r"^practices/(?P<chart_no>[1-9][0-9]{0,5})/\Z", practice_detail, name="practice_detail"),
    path("case-studies/", case_list, name="case_list"),
    path("case-studies/statistics/", case_statistics, name="case_statistics"),
    re_path(r"^case-studies/(?P<case_no>[1-9][0-9]{0,5})/\Z", case_detail, name="case_detail"),
]
