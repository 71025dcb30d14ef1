"""The page of the comments on a record: read, write, answer, resolve, open again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from platform_site.records.admin_views_lists import numbers_only
from platform_site.records.admin_views_reviewers import RecordFormView
from platform_site.records.comment_places import Place, places, present_value
from platform_site.records.comments import may_comment, may_settle, settle_comment, write_comment
from platform_site.records.models import RecordComment
from platform_site.records.models.comments import LONGEST
from platform_site.records.panels import WordsTextInput
from platform_site.records.panels_comments import comments_url
from platform_site.texts.forms import TypedTextForm


class AnswerForm(TypedTextForm, forms.Form):
    """The words of a comment or of an answer."""

    text = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=LONGEST,
        widget=WordsTextInput(LONGEST, unit="characters"),
        help_text=gettext_lazy("Staff alone read it. Write nothing by which a person could be known."),
    )


class CommentForm(AnswerForm):
    """A new comment: what it is about, and its words."""

    about = forms.ChoiceField(label=gettext_lazy("About"), required=False)

    field_order = ("about", "text")

    def __init__(self, *args: Any, known: dict[str, Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, place in known.items():
            groups.setdefault(place.group, []).append((key, place.label))
        # The whole record stands in no group.
        self.fields["about"].choices = [*groups.pop("", []), *groups.items()]  # type: ignore[attr-defined]


class RecordCommentsView(RecordFormView):
    """The comments on a record. For who may change it."""

    form_class = CommentForm
    template_name = "records/comments.html"
    page_title = gettext_lazy("Comments")
    header_icon = "comment"

    def may_enter(self) -> bool:
        """Say whether the person may read and write them."""
        return may_comment(self.request.user, self.model)

    def record_of(self, row: Any) -> Any:
        """Return the record in its latest version: comments are about what is in the form."""
        return row.get_latest_revision_as_object()

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the record and what of it can be commented on."""
        super().setup(request, *args, **kwargs)
        self.known = places(self.object)
        self.answer_forms: dict[int, AnswerForm] = {}

    @property
    def chosen(self) -> Place | None:
        """The one place whose comments were asked for, None for all."""
        key = self.request.GET.get("field", "")
        return self.known.get(key) if key else None

    def url(self, place: str = "") -> str:
        """Return the address of all comments, or of those on a place."""
        return comments_url(self.model, self.object.pk, place)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the comments."""
        if request.GET.get("field") and self.chosen is None:
            messages.warning(request, _("There is no such field any more. These are all comments."))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the button says: `write` (if none does), `answer`, `resolve` or `reopen`."""
        wanted = request.POST.get("do", "")
        if wanted == "answer":
            return self.answer()
        if wanted in ("resolve", "reopen"):
            return self.settle(resolved=wanted == "resolve")
        return super().post(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Return what the form begins with."""
        return {"about": self.chosen.key if self.chosen else ""}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the arguments of the form; an answer that is refused leaves that for new comments empty."""
        arguments = {**super().get_form_kwargs(), "known": self.known}
        if self.answer_forms:
            arguments.update(data=None, files=None)
        return arguments

    def form_valid(self, form: CommentForm) -> HttpResponse:
        """Keep a new comment."""
        place = self.known[form.cleaned_data["about"]]
        comment = write_comment(
            record=self.object,
            user=self.request.user,
            text=form.cleaned_data["text"],
            path=place.path,
            language=place.language,
        )
        messages.success(self.request, _("Your comment is kept."))
        return redirect(f"{self.url(place.key)}#comment-{comment.pk}")

    def answer(self) -> HttpResponse:
        """Keep an answer; what is refused stays in its field."""
        thread = self.thread()
        form = self.answer_form(thread, self.request.POST)
        if form.is_valid():
            try:
                comment = write_comment(
                    record=self.object, user=self.request.user, text=form.cleaned_data["text"], thread=thread
                )
            except ValidationError as error:
                form.add_error(None if "text" not in error.message_dict else "text", error.messages)
            else:
                messages.success(self.request, _("Your answer is kept."))
                return redirect(f"{self.request.get_full_path()}#comment-{comment.pk}")
        self.answer_forms[thread.pk] = form
        return self.render_to_response(self.get_context_data())

    def settle(self, *, resolved: bool) -> HttpResponse:
        """Resolve a thread, or open it again."""
        thread = self.thread()
        settle_comment(comment=thread, user=self.request.user, resolved=resolved)
        words = _("The comment is resolved.") if resolved else _("The comment is open again.")
        messages.success(self.request, words)
        return redirect(f"{self.request.get_full_path()}#comment-{thread.pk}")

    def thread(self) -> RecordComment:
        """Return the thread that the button belongs to. Raises Http404 for none of this record."""
        keys = numbers_only([self.request.POST.get("thread", "")])
        found: RecordComment | None = RecordComment.objects.of(self.object).threads().filter(pk__in=keys).first()
        if found is None:
            raise Http404
        return found

    @staticmethod
    def answer_form(thread: RecordComment, data: Any = None) -> AnswerForm:
        """Return the form of an answer to `thread`."""
        form = AnswerForm(data, auto_id=f"id_answer_{thread.pk}_%s")
        form.fields["text"].label = _("Answer")
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context: the threads of each place in the order of the form, open ones before resolved ones."""
        threads = RecordComment.objects.of(self.object).threads().for_comments_page()
        if self.chosen is not None:
            threads = threads.filter(path=self.chosen.path, language=self.chosen.language)
        by_place: dict[str, list[RecordComment]] = {}
        for thread in threads:
            by_place.setdefault(thread.place, []).append(thread)
        order = [*self.known, *sorted(set(by_place) - set(self.known))]
        groups = [self.group(key, by_place.get(key, [])) for key in order if key in by_place or self._is_chosen(key)]
        context = super().get_context_data(**kwargs)
        return {**context, "groups": groups, "chosen": self.chosen, "all_url": self.url()}

    def _is_chosen(self, key: str) -> bool:
        return self.chosen is not None and self.chosen.key == key

    def group(self, key: str, threads: list[RecordComment]) -> dict[str, Any]:
        """Return what the page shows of a place: its name, its value, where it stands in the form, its threads."""
        place = self.known.get(key)
        rows = sorted(map(self.row, threads), key=lambda row: row["thread"].resolved_at is not None)
        return {
            "key": key,
            "place": place,
            "value": present_value(self.object, place) if place is not None else "",
            "edit_url": f"{self.get_success_url()}#{place.anchor}" if place is not None else "",
            "rows": rows,
        }

    def row(self, thread: RecordComment) -> dict[str, Any]:
        """Return a thread with what the person may do to it."""
        form = self.answer_forms.get(thread.pk) or self.answer_form(thread)
        return {"thread": thread, "form": form, "may_settle": may_settle(self.request.user, thread)}
