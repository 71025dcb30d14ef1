"""What the screens share that are a form about one record, most of them for reviewers."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from platform_site.accounts.roles import is_reviewer


def way_to(target: Any, index_url_name: str, edit_url_name: str, title: Any) -> list[dict[str, Any]]:
    """Return the breadcrumbs of the screen `title` of an object."""
    plural = target._meta.verbose_name_plural
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse(index_url_name), "label": plural[:1].upper() + plural[1:]},
        {"url": reverse(edit_url_name, args=(quote(target.pk),)), "label": str(target)},
        {"url": "", "label": title, "sublabel": str(target)},
    ]


class RecordFormView(WagtailAdminTemplateMixin, FormView):
    """A form about one record. Raises Http404 for no record, PermissionDenied for who may not enter."""

    model: Any = None
    index_url_name: str = ""
    edit_url_name: str = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the record."""
        super().setup(request, *args, **kwargs)
        self.object = self.record_of(get_object_or_404(self.model, pk=unquote(str(kwargs["pk"]))))

    def record_of(self, row: Any) -> Any:
        """Return the record that the form is about: as it is published."""
        return row

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who may enter."""
        if not self.may_enter():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may_enter(self) -> bool:
        """Say whether the person of the request may see the form and send it; nobody, unless a subclass says so."""
        return False

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        return way_to(self.object, self.index_url_name, self.edit_url_name, self.page_title)

    def get_page_subtitle(self) -> str:
        """Return the name of the record."""
        return str(self.object)

    def get_success_url(self) -> str:
        """Return the address of the record's form."""
        return reverse(self.edit_url_name, args=(quote(self.object.pk),))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the record."""
        return {**super().get_context_data(**kwargs), "object": self.object}


class ReviewersFormView(RecordFormView):
    """A form about one record, for reviewers."""

    def may_enter(self) -> bool:
        """Let reviewers in."""
        return is_reviewer(self.request.user)
