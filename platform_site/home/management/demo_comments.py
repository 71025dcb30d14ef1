"""What the demo's editor and reviewer say to each other, so that the editors' screens show comments."""

from __future__ import annotations

from dataclasses import dataclass

from platform_site.accounts.models import User
from platform_site.records.comments import settle_comment, write_comment
from platform_site.records.models import RecordComment
from platform_site.records.registry import record_for_key


@dataclass(frozen=True)
class DemoThread:
    """A question of the reviewer, and the editor's answer if there is one."""

    record: str
    path: str
    language: str
    question: str
    answer: str = ""
    resolved: bool = False


THREADS = (
    DemoThread(
        "practice:1",
        "texts.results",
        "en",
        "71 of 96 is a good rate. Does the figure count those who were paid in part?",
        "It does. The team sends the two numbers apart by the end of the month.",
    ),
    DemoThread("practice:1", "funding", "", "Is the year of the shares 2025?", "Yes, from the yearly report.", True),
    DemoThread("case:1", "", "", "Does the organisation agree that members alone read the steps?"),
)


def ensure_demo_comments(*, editor: str, reviewer: str) -> None:
    """Write the threads of the demo in the names of the accounts with these addresses, where none are there yet."""
    asks, answers = User.objects.get(email=reviewer), User.objects.get(email=editor)
    if RecordComment.objects.exists():
        return
    for thread in THREADS:
        record = record_for_key(thread.record)
        asked = write_comment(
            record=record, user=asks, text=thread.question, path=thread.path, language=thread.language
        )
        if thread.answer:
            write_comment(record=record, user=answers, text=thread.answer, thread=asked)
        if thread.resolved:
            settle_comment(comment=asked, user=asks, resolved=True)
