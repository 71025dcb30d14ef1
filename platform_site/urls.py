"""All addresses. Content stands under a language prefix and one path that is the same in every language.

Order matters: what leads away or is shut comes before the package that brings the address, Wagtail's pages come last.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as admin_urls

from platform_site.home.doors import admin_doors, document_doors, for_staff, page_doors
from platform_site.home.views import serve_page

handler400 = "platform_site.safety.error_views.bad_request"
handler403 = "platform_site.safety.error_views.permission_denied"
handler404 = "platform_site.safety.error_views.page_not_found"
# Not Django's: allauth asks for it where somebody tries to sign in, or asks for a new password, too often.
handler429 = "platform_site.safety.error_views.too_many_tries"
handler500 = "platform_site.safety.error_views.server_error"


urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", include("platform_site.health")),
    path("admin/", include(for_staff([*admin_doors, *admin_urls.urlpatterns]))),
    path("", include("platform_site.home.files")),
    path("documents/", include(document_doors)),
    *([path("", include("platform_site.ui.urls"))] if settings.STYLE_GUIDE else []),
    *i18n_patterns(
        path("accounts/", include("platform_site.accounts.urls")),
        path("", include("platform_site.safety.urls")),
        path("", include("platform_site.home.urls")),
        path("", include("directory.urls")),
        path("", include("practices.urls")),
        path("", include("library.urls")),
        path("", include("newsletters.urls")),
        path("", include("search.urls")),
        path("", include(page_doors)),
        # In place of `wagtail.urls`, which has nothing but the doors above and this.
        re_path(r"^((?:[\w\-]+/)*)$", serve_page, name="wagtail_serve"),
    ),
]
