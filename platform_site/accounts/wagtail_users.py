"""Wagtail's app of the people screens, with our own forms in it."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    """Stands in INSTALLED_APPS for `wagtail.users`."""

    user_viewset = "platform_site.accounts.viewsets.PersonViewSet"
