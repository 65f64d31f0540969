"""`konveyer reconcile`: whether the base keeps its laws."""

from typing import Any

from konveyer.commands.call import DONE, WITH_REJECTS, Call, Commands, Result, WrongUse


def register(commands: Commands) -> None:
    """Add `reconcile`."""
    parser = commands.add(
        "reconcile", reconcile, help="ask the conservation equations; reads only", workspace=False
    )
    parser.add_argument("--workspace", metavar="SLUG", dest="workspace_slug", help="only this one")


def reconcile(call: Call) -> Result:
    """Every equation with how many records break it; exit code 1 when any does."""
    from django.utils import translation

    from konveyer.domain.insight.queries.reconcile import Asked, equations
    from konveyer.domain.notes.ports import store
    from konveyer.domain.workspace.queries import only_workspace
    from konveyer.kit.sweep import reading_across
    from konveyer.kit.words import terminal_language

    slug = call.options.workspace_slug
    workspace = only_workspace(slug)
    if slug and workspace is None:
        raise WrongUse(f"There is no workspace {slug!r}.")
    # Contents first: a file that is being uploaded has its content before its row.
    contents = store().names()
    with reading_across(one_moment=True) as everywhere, everywhere.cursor() as cursor:
        asked = Asked(cursor, workspace.pk if slug and workspace else None, contents)
        answers = [(equation, equation.ask(asked)) for equation in equations()]
    with translation.override(workspace.language if workspace else terminal_language()):
        data = [
            {
                "equation": equation.code,
                "sentence": str(equation.sentence),
                "found": broken.found,
                "examples": broken.examples,
            }
            for equation, broken in answers
        ]
        return Result(data, _lines(data), WITH_REJECTS if any(one["found"] for one in data) else DONE)


def _lines(answers: list[dict[str, Any]]) -> list[str]:
    from django.utils.translation import gettext as _
    from django.utils.translation import ngettext

    broken = [one for one in answers if one["found"]]
    lines = []
    for one in broken:
        count = ngettext("%(n)s record breaks it", "%(n)s records break it", one["found"]) % {
            "n": one["found"]
        }
        lines += [f"{one['equation']}: {one['sentence']}", f"  {count}: {'; '.join(one['examples'])}"]
    if broken:
        wrong = {"wrong": len(broken), "all": len(answers)}
        return [*lines, _("Equations broken: %(wrong)s of %(all)s.") % wrong]
    return [_("All %(all)s equations hold.") % {"all": len(answers)}]
