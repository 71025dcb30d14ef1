"""The page of a network: what it is, and who of the directory belongs to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from directory.access import get_network
from directory.frames import page_context, readable_members
from directory.models import Network
from platform_site.safety.withdrawn import answers_withdrawn


@require_safe
@answers_withdrawn((gettext_lazy("All networks"), "directory:network_list"))
def network_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the network with this address. Raises Http404; a withdrawn one answers 410 or leads to the next one."""
    return render_network(request, get_network(request.user, slug))


def render_network(request: HttpRequest, network: Network) -> HttpResponse:
    """Return the page of `network`, published or a draft, as the reader of `request` may see it."""
    text = network.text()
    context = page_context(network, request.user) | {
        "full_name": network.full_name,
        "about": (text.description if text else "") or None,
        "members": readable_members(network, request.user),
        "breadcrumbs": [(_("Networks"), reverse("directory:network_list")), (network.name, None)],
    }
    return render(request, "directory/network_detail.html", context)
