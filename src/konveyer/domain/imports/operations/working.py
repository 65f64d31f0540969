"""What the worker needs to act on a batch: in whose name, its rows, and words for what went wrong."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from konveyer.domain.imports.models import Batch
from konveyer.domain.imports.ports import Rows, SourceRow, Unreadable, tables
from konveyer.domain.imports.rules.wording import file_words
from konveyer.domain.notes.ports import store
from konveyer.domain.workspace import queries
from konveyer.domain.workspace.models import Member, Workspace
from konveyer.domain.workspace.rules.actor import Actor, for_workspace
from konveyer.kit import tenancy
from konveyer.kit.refusal import Refused

log = logging.getLogger(__name__)


def member_of(batch: Batch) -> Actor:
    """Who began the batch, with the rights he has now; the workspace itself for a batch of the command."""
    if batch.member_id is None:
        return for_workspace(batch.workspace_id, "import")
    return queries.actor_of(batch.member_id, batch.workspace_id, by="import")


@contextmanager
def path_of(batch: Batch) -> Iterator[Path]:
    """The stored file of a batch. Raises Refused when it is no longer kept."""
    with ExitStack() as stack:
        try:
            path = stack.enter_context(store().on_disk(batch.stored_as))
        except FileNotFoundError as error:
            raise Refused(
                "import_file_gone", _("The file of this import is no longer kept. Choose it again.")
            ) from error
        yield path


@contextmanager
def rows_of(batch: Batch) -> Iterator[Rows]:
    """The rows of the stored file. Raises Refused when the file is no longer kept."""
    with path_of(batch) as path:

        def rows(start_line: int) -> Iterator[SourceRow]:
            return tables().rows(path, batch.reading, start_line)

        yield rows


def failure_of(broken: BaseException, workspace_id: UUID, member_id: UUID | None) -> str:
    """Why it failed, in the language of whoever waits for it; what nobody foresaw goes to the log."""
    with translation.override(_language(workspace_id, member_id)):
        if isinstance(broken, Refused):
            return str(broken)
        if isinstance(broken, Unreadable):
            return file_words(broken.code, broken.params)
        log.error("import failed", exc_info=broken)
        return _("Something went wrong on our side: {what}. Nothing is half done; try again.").format(
            what=type(broken).__name__
        )


def _language(workspace_id: UUID, member_id: UUID | None) -> str:
    with tenancy.enter(workspace_id):
        rows = Member.objects.select_related("user").filter(workspace_id=workspace_id)
        member = rows.filter(pk=member_id).first() if member_id else None
        if member and member.user and member.user.language:
            return str(member.user.language)
        return str(Workspace.objects.get(pk=workspace_id).language)
