"""People: the user model, roles and principals."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The bottom layer: imports no other app of ours."""

    name = "platform_site.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the limits of guessing hold for all processes."""
        from platform_site.accounts.limits import share_limits

        share_limits()
