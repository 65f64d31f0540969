"""The `konveyer` command.

Exit codes: 0 done · 1 done with rejects · 2 wrong use (also: no workspace yet) · 3 environment.
With --json the answer is one JSON document on standard output; messages go to standard error.
"""

import argparse
import contextlib
import importlib
import json
import os
import sys
from typing import Any

from konveyer import __version__
from konveyer.commands.call import DONE, ENVIRONMENT, WRONG_USE, Call, Commands, Result, WrongUse

# Modules with a `register(commands)`; each is imported only for its options, Django comes later.
AREAS = (
    "konveyer.commands.access",
    "konveyer.commands.audit",
    "konveyer.commands.settings",
    "konveyer.commands.duplicates",
    "konveyer.commands.erasing",
    "konveyer.commands.exporting",
    "konveyer.commands.figures",
    "konveyer.commands.forecast",
    "konveyer.commands.portfolio",
    "konveyer.commands.founding",
    "konveyer.commands.importing",
    "konveyer.commands.mail",
    "konveyer.commands.reconciling",
    "konveyer.commands.sheet",
    "konveyer.commands.showing",
    "konveyer.running.commands",
)


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(argv)
    try:
        result = _run(options)
    except BrokenPipeError:
        return DONE
    except WrongUse as wrong:
        return _fail(options, WRONG_USE, "wrong_use", str(wrong))
    except KeyboardInterrupt:
        return _fail(options, ENVIRONMENT, "interrupted", "interrupted")
    except Exception as problem:
        return _explain(options, problem)
    _print(options, result)
    return result.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="konveyer", description="A sales conveyor that says what one more call is worth."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = Commands(parser.add_subparsers(metavar="COMMAND", required=True))
    for area in AREAS:
        importlib.import_module(area).register(commands)
    return parser


def _run(options: argparse.Namespace) -> Result:
    from konveyer.kit.clock import now

    run = options.run
    if not options.wants_database:
        result: Result = run(Call(options, now()))
        return result
    from konveyer.running.environment import database

    with database(), _django():
        if not options.wants_workspace:
            done: Result = run(Call(options, now()))
            return done
        return _in_workspace(options)


@contextlib.contextmanager
def _django() -> Any:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konveyer.config.settings")
    django.setup()
    from django.db import connection

    from konveyer import wiring
    from konveyer.running.upgrade import before_a_command

    wiring.plug()
    before_a_command(lambda line: print(line, file=sys.stderr, flush=True))
    try:
        yield
    finally:
        connection.close()


def _in_workspace(options: argparse.Namespace) -> Result:
    from django.utils import translation

    from konveyer.domain.workspace.queries import only_workspace
    from konveyer.kit import tenancy
    from konveyer.kit.clock import now

    workspace = only_workspace(options.workspace_slug)
    if workspace is None:
        raise WrongUse(_which_workspace(options.workspace_slug))
    call = Call(options, now(), workspace)
    with contextlib.ExitStack() as stack:
        stack.enter_context(translation.override(workspace.language))
        if options.in_transaction:
            stack.enter_context(tenancy.enter(workspace.pk))
        result: Result = options.run(call)
        return result


def _which_workspace(slug: str | None) -> str:
    from konveyer.domain.workspace.models import Workspace

    slugs = list(Workspace.objects.order_by("slug").values_list("slug", flat=True))
    if not slugs:
        return "There is no workspace yet. Make one: konveyer init --workspace NAME --owner EMAIL --password TEXT"
    if slug:
        return f"There is no workspace {slug!r}. There are: {', '.join(slugs)}"
    return f"There are several workspaces; choose one with --workspace: {', '.join(slugs)}"


def _explain(options: argparse.Namespace, problem: Exception) -> int:
    from konveyer.adapters.postgres import Trouble
    from konveyer.kit.refusal import Refused

    if isinstance(problem, Refused):
        return _fail(options, WRONG_USE, problem.code, str(problem), problem.details)
    if isinstance(problem, Trouble):
        return _fail(options, ENVIRONMENT, problem.code, str(problem))
    if isinstance(problem, OSError):
        return _fail(options, ENVIRONMENT, "environment", str(problem))
    raise problem


def _fail(options: argparse.Namespace, code: int, name: str, text: str, details: Any = None) -> int:
    print(text, file=sys.stderr)
    if getattr(options, "json", False):
        print(
            json.dumps(
                {"error": name, "message": text, **({"details": details} if details else {})},
                default=str,
                ensure_ascii=False,
            )
        )
    return code


def _print(options: argparse.Namespace, result: Result) -> None:
    if options.json:
        json.dump(result.data, sys.stdout, ensure_ascii=False, default=str)
        sys.stdout.write("\n")
    else:
        for line in result.lines:
            print(line)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
