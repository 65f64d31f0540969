"""`konveyer demo`: the made-up firm to look at; `konveyer seed`: many rows to measure with."""

from datetime import date
from typing import TYPE_CHECKING

from konveyer.commands.call import Call, Commands, Result

if TYPE_CHECKING:
    from uuid import UUID


def register(commands: Commands) -> None:
    """Add `demo`."""
    parser = commands.add("demo", demo, help="make a firm with a year of history to look at", workspace=False)
    parser.add_argument("--leads", type=int, default=3000, metavar="N")
    parser.add_argument("--language", choices=["ru", "en"], default="ru")
    parser.add_argument(
        "--seed", type=int, default=2026, metavar="N", help="the same seed tells the same story"
    )
    parser.add_argument(
        "--until", type=date.fromisoformat, metavar="DATE", help="the last day of the story; today"
    )

    seeding = commands.add(
        "seed", seed, help="load many leads and touches, to measure with", transaction=False
    )
    seeding.add_argument("--leads", type=int, default=100_000, metavar="N")
    seeding.add_argument("--touches", type=int, default=1_000_000, metavar="N")
    seeding.add_argument("--sellers", type=int, default=50, metavar="N")


def seed(call: Call) -> Result:
    """Load as the owner of the tables; minutes for a million leads."""
    from konveyer.commands.call import WrongUse
    from konveyer.config.database import OWNER, acting_as
    from konveyer.domain.demo.operations.seed import seed as load

    options = call.options
    if options.leads < 1 or options.touches < 0 or not 1 <= options.sellers <= 500:
        raise WrongUse("--leads must be at least 1, --touches at least 0, --sellers 1 to 500")
    with acting_as(OWNER):
        done = load(
            call.home, leads=options.leads, touches=options.touches, sellers=options.sellers, say=call.say
        )
    data = {"workspace": call.home.slug, "leads": done.leads, "touches": done.touches}
    return Result(data, [f"{done.leads} leads, {done.touches} touches loaded"])


def demo(call: Call) -> Result:
    """Make the firm; one per language."""
    from konveyer.commands.call import WrongUse
    from konveyer.domain.demo.operations import PASSWORD, make_firm

    options = call.options
    if not 1 <= options.leads <= 200_000:
        raise WrongUse("--leads takes 1 to 200000; for more, use: konveyer seed")
    call.say(f"demo: telling a year of {options.leads} leads")
    firm = make_firm(
        leads=options.leads,
        language=options.language,
        until=options.until or call.now.date(),
        seed=options.seed,
    )
    _look_for_duplicates(firm.workspace.pk, call)
    data = {
        "workspace": firm.workspace.slug,
        "owner": firm.owner_email,
        "password": PASSWORD,
        "leads": firm.leads,
        "touches": firm.touches,
    }
    return Result(
        data,
        [
            f"{firm.workspace.name}: {firm.leads} leads, {firm.touches} touches. Sign in: {firm.owner_email} {PASSWORD}"
        ],
    )


def _look_for_duplicates(workspace_id: "UUID", call: Call) -> None:
    from konveyer.domain.duplicates.operations import ask_scan, work_on
    from konveyer.domain.workspace.rules.actor import for_workspace
    from konveyer.kit import tenancy

    with tenancy.enter(workspace_id):
        run = ask_scan(actor=for_workspace(workspace_id, "command"), at=call.now, later=False)
    work_on(workspace_id=workspace_id, at=call.now, run_id=run.pk)
