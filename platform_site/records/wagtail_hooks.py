"""What the records add to Wagtail."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter


@hooks.register("register_log_actions")
def register_withdrawal(actions: Any) -> None:
    """Name the withdrawal in the history, with its reason."""

    @actions.register_action("records.withdraw")
    class WithdrawFormatter(LogFormatter):  # a class of the hook's own, as Wagtail wants it
        label = _("Withdraw")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Withdrawn: %(reason)s") % {"reason": log_entry.data.get("reason", "")}
