"""`konveyer portfolio`: the client base by class, its growth, how long ripening takes, what open leads are worth."""

from zoneinfo import ZoneInfo

from konveyer.commands.call import Call, Commands, Result


def register(commands: Commands) -> None:
    """Add `portfolio`."""
    parser = commands.add(
        "portfolio", portfolio, help="the client base by class, from cold to VIP, and its growth"
    )
    parser.add_argument("--period", choices=("30d", "90d", "12m"), default="30d", help="days of the growth")


def portfolio(call: Call) -> Result:
    """The portfolio as data and in words."""
    from konveyer.domain.insight.queries.portfolio import PERIODS
    from konveyer.domain.insight.queries.portfolio import portfolio as ask
    from konveyer.domain.insight.queries.portfolio_told import as_data, lines
    from konveyer.domain.workspace.rules.actor import for_workspace

    today = call.now.astimezone(ZoneInfo(call.home.timezone)).date()
    found = ask(for_workspace(call.home.pk), today, PERIODS[call.options.period])
    return Result(as_data(found), lines(found, call.home.language))
