"""The style guide's addresses; mounted only where the setting `STYLE_GUIDE` is on."""

from django.urls import path

from platform_site.ui import views

app_name = "ui"
urlpatterns = [
    path("style-guide/", views.style_guide, name="style_guide"),
    path("style-guide/<slug:page>/", views.style_guide, name="style_guide_page"),
]
