"""`konveyer funnel`: leads and wins by one key."""

import argparse
import datetime

from konveyer.commands.call import Call, Commands, Result

BY = ("origin", "page", "telemarketer", "closer", "stage", "month")


def register(commands: Commands) -> None:
    """Add `funnel`."""
    parser = commands.add("funnel", funnel, help="leads, wins, rates and days to win, by one key")
    parser.add_argument("--by", choices=BY, required=True, help="what the rows are")
    parser.add_argument("--from", dest="first", metavar="DATE", type=_day, help="first day, 2026-03-01")
    parser.add_argument("--to", dest="last", metavar="DATE", type=_day, help="last day, included")
    parser.add_argument(
        "--kind", choices=("cohort", "activity"), default="cohort",
        help="cohort: what became of the leads of the period; activity: what happened in it",
    )  # fmt: skip
    parser.add_argument("--conveyor", metavar="CODE", help="only this conveyor")


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it like 2026-03-31") from error


def funnel(call: Call) -> Result:
    """The report as data and as a table."""
    from konveyer.domain.insight.queries.funnel import funnel as ask
    from konveyer.domain.insight.rules.question import By, Kind, Question
    from konveyer.domain.insight.rules.table import lines
    from konveyer.domain.workspace.rules.actor import for_workspace

    options = call.options
    question = Question(
        By(options.by), Kind(options.kind), options.first, options.last, options.conveyor or None
    )
    rows = ask(question, for_workspace(call.home.pk))
    return Result([row.as_data() for row in rows], lines(question, rows, call.home.language))
