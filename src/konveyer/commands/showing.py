"""`konveyer demo`: the made-up firm to look at."""

from datetime import date

from konveyer.commands.call import Call, Commands, Result


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
