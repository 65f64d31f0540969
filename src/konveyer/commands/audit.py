"""`konveyer audit`: the firm held against the method."""

from konveyer.commands.call import Call, Commands, Result


def register(commands: Commands) -> None:
    """Add `audit`."""
    commands.add("audit", audit, help="go through every check of the method now, and say what was found")


def audit(call: Call) -> Result:
    """Findings, the worst first, as data and as lines."""
    from django.utils import translation

    from konveyer.domain.audit.operations import run_audit
    from konveyer.domain.audit.queries.reading import as_data, latest
    from konveyer.domain.workspace.rules.actor import for_workspace

    actor = for_workspace(call.home.pk)
    run_audit(actor=actor, at=call.now)
    with translation.override(call.home.language):
        found = latest(actor, call.home.language, call.home.currency).findings
        return Result([as_data(one) for one in found], _lines(found))


def _lines(found: list) -> list[str]:  # type: ignore[type-arg]
    from konveyer.domain.audit.rules.words import VERDICTS

    lines = []
    for one in found:
        figure = f": {one.measured_text} ({one.good_text})" if one.measured is not None else ""
        lines += [f"{VERDICTS[one.verdict]}  {one.check.rule} {one.check.title}{figure}", f"  {one.evidence}"]
        if one.verdict in ("bad", "weak"):
            lines.append(f"  → {one.check.action}")
    return lines
