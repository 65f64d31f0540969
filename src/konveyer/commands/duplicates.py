"""`konveyer duplicates scan|list|merge|undo`: records stored twice, found and put together."""

from typing import Any

from konveyer.commands.call import DONE, WITH_REJECTS, Call, Commands, Result, WrongUse, _, record_id

SHOWN = 20  # pairs that a person is shown; --json gives up to LISTED
LISTED = 1000


def register(commands: Commands) -> None:
    """Add `duplicates`."""
    parser = commands.add(
        "duplicates",
        duplicates,
        help="records stored twice: scan, list, merge --over 90, undo MERGE",
        transaction=False,
    )
    parser.add_argument("action", choices=("scan", "list", "merge", "undo"), help="what to do")
    parser.add_argument(
        "merge", metavar="MERGE", nargs="?", help="after undo: the merge, or the bulk merge, to take back"
    )
    parser.add_argument("--whole", action="store_true", help="scan everything anew, not only what changed")
    parser.add_argument(
        "--kind", choices=("company", "contact"), default="", help="companies or people alone"
    )
    parser.add_argument("--over", type=int, help="merge everything with at least this score (50–100)")
    parser.add_argument("--keep", metavar="ID", help="merge into this record …")
    parser.add_argument("--gone", metavar="ID", nargs="+", help="… these records")


def duplicates(call: Call) -> Result:
    """One of the four."""
    if call.options.merge and call.options.action != "undo":
        raise WrongUse(_("“{word}” is too much here.").format(word=call.options.merge))
    return {"scan": _scan, "list": _list, "merge": _merge, "undo": _undo}[call.options.action](call)


def _scan(call: Call) -> Result:
    from konveyer.domain.duplicates.operations import ask_scan, work_on
    from konveyer.domain.duplicates.queries.pairs import open_count
    from konveyer.kit import tenancy

    with tenancy.enter(call.home.pk):
        run = ask_scan(actor=_actor(call), at=call.now, whole=call.options.whole, later=False)
    run = work_on(workspace_id=call.home.pk, at=call.now, run_id=run.pk)
    with tenancy.enter(call.home.pk):
        waiting = {kind: open_count(call.home.pk, kind, most=None) for kind in ("company", "contact")}
    data = {"records": run.records, "new": run.pairs, "wide_keys": run.wide, "open": waiting}
    return Result(data, [
        _("{records} records looked at, {new} new pairs").format(**data),
        _("waiting: {company} pairs of companies, {contact} of people").format(**waiting),
    ])  # fmt: skip


def _list(call: Call) -> Result:
    from konveyer.domain.duplicates.queries.pairs import pairs
    from konveyer.kit import tenancy

    found: list[dict[str, Any]] = []
    with tenancy.enter(call.home.pk):
        for kind in [call.options.kind] if call.options.kind else ["company", "contact"]:
            page = pairs(_actor(call), kind, over=call.options.over or 0, size=LISTED)
            found += [
                {
                    "kind": kind, "score": line.pair.score, "reasons": line.pair.reasons,
                    "one": {"id": str(line.one.pk), "name": str(line.one)}, "other": {"id": str(line.other.pk), "name": str(line.other)},
                }
                for line in page.lines
            ]  # fmt: skip
    lines = [f"{one['score']:>3}  {one['one']['name']} = {one['other']['name']}  ({', '.join(one['reasons'])})" for one in found]  # fmt: skip
    return Result(found, lines[:SHOWN] or [_("Nothing is stored twice, as far as the last scan saw.")])


def _merge(call: Call) -> Result:
    from konveyer.domain.duplicates.operations import ask_merge, merge, work_on
    from konveyer.kit import tenancy

    options = call.options
    if options.keep:
        if not options.gone or not options.kind:
            raise WrongUse(_("Say all of it: merge --kind company --keep ID --gone ID …"))
        with tenancy.enter(call.home.pk):
            made = merge(
                actor=_actor(call), at=call.now, kind=options.kind, kept=record_id(options.keep),
                gone=[record_id(one) for one in options.gone],
            )  # fmt: skip
        data: dict[str, Any] = {"merged": len(made), "left": 0, "merges": [str(one.pk) for one in made]}
        return Result(data, [_("{merged} records merged").format(**data)])
    if options.over is None:
        raise WrongUse(_("Say how sure it has to be: merge --over 90"))
    with tenancy.enter(call.home.pk):
        run = ask_merge(actor=_actor(call), at=call.now, over=options.over, kind=options.kind, later=False)
    run = work_on(workspace_id=call.home.pk, at=call.now, run_id=run.pk, say=call.say)
    data = {"run": str(run.pk), "merged": run.records, "left": run.pairs}
    lines = [
        _("{merged} records merged, {left} groups left").format(**data),
        f"konveyer duplicates undo {run.pk}",
    ]
    return Result(data, lines, WITH_REJECTS if run.pairs else DONE)


def _undo(call: Call) -> Result:
    from konveyer.domain.duplicates.models import Run
    from konveyer.domain.duplicates.operations import undo_merge, undo_run
    from konveyer.kit import tenancy

    if not call.options.merge:
        raise WrongUse(_("Say which merge to take back: konveyer duplicates undo MERGE"))
    which = record_id(call.options.merge)
    with tenancy.enter(call.home.pk):
        bulk = Run.objects.filter(workspace_id=call.home.pk, pk=which).exists()
    if bulk:
        undone = undo_run(actor=_actor(call), at=call.now, run_id=which)
    else:
        with tenancy.enter(call.home.pk):
            undone = [undo_merge(actor=_actor(call), at=call.now, merge_id=which)]
    told = [line for one in undone for line in one.told]
    data = {"undone": len(undone), "kept": told}
    lines = [_("{undone} merges taken back").format(**data)]
    lines += [_("stayed: {table} {id}, {why}").format(**one) for one in told[:SHOWN]]
    return Result(data, lines, WITH_REJECTS if told else DONE)


def _actor(call: Call) -> Any:
    from konveyer.domain.workspace.rules.actor import for_workspace

    return for_workspace(call.home.pk, "command")
