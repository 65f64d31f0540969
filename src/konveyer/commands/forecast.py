"""`konveyer forecast`: calls, warm clients, sales and money of the months to come, and what a call is worth."""

import argparse
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from konveyer.commands.call import Call, Commands, Result


def register(commands: Commands) -> None:
    """Add `forecast`."""
    parser = commands.add("forecast", forecast, help="what the calls will bring, and what one call is worth")
    parser.add_argument("--months", type=_months, default=3, metavar="N", help="how many months, 1 to 24")
    parser.add_argument("--check", type=_money, metavar="SUM", help="average check, instead of one's own")
    parser.add_argument(
        "--target", type=_money, metavar="SUM", help="money a month: how many calls does it need?"
    )
    parser.add_argument("--calls", type=_calls, metavar="N", help="calls a month, instead of one's own pace")


def _months(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 24:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of months from 1 to 24")
    return int(text)


def _calls(text: str) -> int:
    if not text.isdecimal() or int(text) > 10_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of calls from 0 to 10000000")
    return int(text)


def _money(text: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no sum of money") from error
    if not 0 < amount < 10**12:
        raise argparse.ArgumentTypeError(f"{text!r} is no sum of money")
    return amount


def forecast(call: Call) -> Result:
    """The forecast as data and as a table."""
    from konveyer.domain.insight.queries.forecast import Asked
    from konveyer.domain.insight.queries.forecast import forecast as ask
    from konveyer.domain.insight.queries.foretold import as_data, lines
    from konveyer.domain.workspace.rules.actor import for_workspace

    options = call.options
    today = call.now.astimezone(ZoneInfo(call.home.timezone)).date()
    asked = Asked(options.months, options.check, options.target, options.calls)
    found = ask(for_workspace(call.home.pk), today, asked)
    return Result(as_data(found), lines(found, call.home.language))
