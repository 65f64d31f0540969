"""What a command gets and what it gives back."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from konveyer.domain.workspace.models import Workspace

DONE, WITH_REJECTS, WRONG_USE, ENVIRONMENT = 0, 1, 2, 3


class WrongUse(Exception):
    """The command was called in a way it does not take; exit code 2."""


@dataclass
class Result:
    """`data` is the one JSON document of `--json`; `lines` is what a person reads otherwise."""

    data: Any
    lines: list[str] = field(default_factory=list)
    exit_code: int = DONE


@dataclass
class Call:
    """One run of a command. `workspace` is entered already where the command asked for one."""

    options: argparse.Namespace
    now: datetime
    workspace: "Workspace | None" = None

    @property
    def home(self) -> "Workspace":
        """The workspace, for commands that always have one."""
        if self.workspace is None:
            raise WrongUse("This command needs a workspace.")
        return self.workspace

    def say(self, line: str) -> None:
        """Progress, on standard error."""
        print(line, file=sys.stderr, flush=True)


def _(message: str) -> str:
    """In the reader's language; Django is set up only when a command runs."""
    from django.utils.translation import gettext

    return gettext(message)


def record_id(text: str) -> UUID:
    """The number of a record as it stands in an address. Raises WrongUse."""
    try:
        return UUID(text)
    except ValueError as wrong:
        raise WrongUse(_("“{word}” is no number of a record.").format(word=text)) from wrong


Run = Callable[[Call], Result]


class Commands:
    """Collects the commands: `commands.add("funnel", run, help=…)` returns the parser for its options."""

    def __init__(self, subparsers: Any) -> None:
        self._subparsers = subparsers

    def group(self, name: str, *, help: str) -> "Commands":
        """Commands under one word: `konveyer mail classify`."""
        parser = self._subparsers.add_parser(name, help=help, description=help)
        return Commands(parser.add_subparsers(dest=f"{name}_part", required=True, metavar="COMMAND"))

    def add(
        self,
        name: str,
        run: Run,
        *,
        help: str,
        workspace: bool = True,
        database: bool = True,
        transaction: bool = True,
    ) -> argparse.ArgumentParser:
        """`workspace`: needs one and runs inside it. `database`: wants Django and a server that answers.
        `transaction`: False for commands that commit by themselves (import, seed); they enter the workspace on their own.
        """
        parser: argparse.ArgumentParser = self._subparsers.add_parser(name, help=help, description=help)
        parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
        if workspace:
            parser.add_argument(
                "--workspace", metavar="SLUG", dest="workspace_slug", help="needed when there are several"
            )
        parser.set_defaults(
            run=run, wants_workspace=workspace, wants_database=database, in_transaction=transaction
        )
        return parser
