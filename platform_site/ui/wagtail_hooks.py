"""The editors' desk in the colours of the site."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def admin_colours() -> SafeString:
    """Return the link to the style sheet that turns Wagtail's palette into ours."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
