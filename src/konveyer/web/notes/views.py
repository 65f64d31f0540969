"""Notes are written and files are put where the record is; each answer is the part of the page anew."""

from typing import Any, BinaryIO, cast
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from konveyer.domain.notes.operations import add_file, add_note, change_note, remove_file, remove_note
from konveyer.domain.notes.queries.attached import (
    content_of,
    file_of,
    files_of,
    may_change,
    note_of,
    notes_of,
)
from konveyer.domain.notes.rules.kinds import LARGEST
from konveyer.domain.notes.rules.subject import KINDS, Subject
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid, NotFound, Stale
from konveyer.web.base.answers import ask
from konveyer.web.base.typed import version
from konveyer.web.lead.answers import say
from konveyer.web.work import WorkRequest, work

PAGES = {"contact": "contact", "company": "company", "lead": "lead", "deal": "deal"}
ROOM = 64 * 1024  # the form around a file


@work()
@require_http_methods(["GET", "POST"])
def notes(request: WorkRequest, kind: str, pk: UUID) -> HttpResponse:
    """The notes of a record; a post adds one."""
    subject, error, body = _subject(kind, pk), "", ""
    if request.method == "POST":
        body = request.POST.get("body", "")
        try:
            add_note(actor=request.actor, at=now(), subject=subject, body=body)
            body = ""
        except Invalid as refusal:
            error = str(refusal.message)
        if not request.htmx and not error:
            return redirect(_page(subject))
    return render(
        request,
        "notes/notes.html",
        notes_context(request, subject, error, body),
        status=422 if error else 200,
    )


def notes_context(request: WorkRequest, subject: Subject, error: str = "", body: str = "") -> dict[str, Any]:
    """What the notes of a record are drawn from."""
    rows = notes_of(request.actor, subject)
    return {
        "kind": subject.kind, "pk": subject.id, "error": error, "body": body, "may_write": True,
        "notes": [{"note": note, "may_change": may_change(request.actor, note)} for note in rows],
    }  # fmt: skip


@work()
@require_http_methods(["GET", "POST"])
def edit(request: WorkRequest, note_id: UUID) -> HttpResponse:
    """Change a note; whoever was quicker is shown beside what was typed."""
    note, subject = note_of(request.actor, note_id)
    context: dict[str, Any] = {"body": note.body, "version": note.version, "error": "", "now": ""}
    if request.method == "GET":
        return ask(request, "notes/edit.html", context)
    body = request.POST.get("body", "")
    try:
        change_note(actor=request.actor, at=now(), note_id=note_id, version=version(request.POST), body=body)
    except Invalid as refusal:
        return ask(
            request, "notes/edit.html", {**context, "body": body, "error": refusal.message}, status=422
        )
    except Stale as refusal:
        both = {
            **context,
            "body": body,
            "version": refusal.details["version"],
            "now": note.body,
            "who": refusal.details["who"],
        }
        return ask(request, "notes/edit.html", both, status=409)
    return _anew(request, subject, "notes", _("Saved."))


@work()
@require_http_methods(["GET", "POST"])
def remove(request: WorkRequest, note_id: UUID) -> HttpResponse:
    """Take a note away, after asking."""
    if request.method == "GET":
        note, _subject_of = note_of(request.actor, note_id)
        return ask(request, "base/remove.html", {"what": f"«{note.body[:40]}»"})
    subject = remove_note(actor=request.actor, at=now(), note_id=note_id)
    return _anew(request, subject, "notes", _("Taken away."))


@work()
@require_http_methods(["GET", "POST"])
def files(request: WorkRequest, kind: str, pk: UUID) -> HttpResponse:
    """The files of a record; a post adds those that were chosen."""
    subject, error = _subject(kind, pk), ""
    if request.method == "POST":
        try:
            _take(request, subject)
        except Invalid as refusal:
            error = str(refusal.message)
        if not request.htmx and not error:
            return redirect(_page(subject))
    return render(
        request, "notes/files.html", files_context(request, subject, error), status=422 if error else 200
    )


def _take(request: WorkRequest, subject: Subject) -> None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > 4 * LARGEST + ROOM:
        raise Invalid("file_large", _("These files are larger than 100 MB together. Put them in one by one."))
    uploads = request.FILES.getlist("file")
    if not uploads:
        raise Invalid("file_empty", _("Choose a file first."), fields={"file": "empty"})
    for upload in uploads[:10]:
        add_file(
            actor=request.actor,
            at=now(),
            subject=subject,
            name=upload.name or "",
            content=cast(BinaryIO, upload),
        )


def files_context(request: WorkRequest, subject: Subject, error: str = "") -> dict[str, Any]:
    """What the files of a record are drawn from."""
    rows = files_of(request.actor, subject)
    return {
        "kind": subject.kind, "pk": subject.id, "file_error": error, "may_write": True,
        "files": [{"file": file, "may_change": may_change(request.actor, file)} for file in rows],
    }  # fmt: skip


@work()
@require_GET
def download(request: WorkRequest, file_id: UUID) -> FileResponse:
    """The content, always as a download: nothing of it may run in the browser."""
    file, content = content_of(request.actor, file_id)
    answer = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.content_type)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@work()
@require_http_methods(["GET", "POST"])
def remove_a_file(request: WorkRequest, file_id: UUID) -> HttpResponse:
    """Take a file away, after asking."""
    if request.method == "GET":
        file = file_of(request.actor, file_id)
        return ask(request, "base/remove.html", {"what": f"«{file.name}»"})
    subject = remove_file(actor=request.actor, at=now(), file_id=file_id)
    return _anew(request, subject, "files", _("Taken away."))


def _anew(request: WorkRequest, subject: Subject, part: str, said: str) -> HttpResponse:
    """The part of the page anew, out of a dialog that closes."""
    if not request.htmx:
        return redirect(_page(subject))
    context = notes_context(request, subject) if part == "notes" else files_context(request, subject)
    answer = render(request, f"notes/{part}.html", context)
    answer["HX-Retarget"], answer["HX-Reswap"] = f"#{part}", "outerHTML"
    say(answer, said, **{"close-dialog": ""})
    return answer


def _subject(kind: str, pk: UUID) -> Subject:
    if kind not in KINDS:
        raise NotFound("record_not_found", _("There is no such record, or it is not in your view."))
    return Subject(kind, pk)


def _page(subject: Subject) -> str:
    from konveyer.web.base import marks

    return marks.address(PAGES[subject.kind], subject.id) or reverse("companies")
