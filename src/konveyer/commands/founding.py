"""`konveyer init`: a workspace and its owner."""

from konveyer.commands.call import Call, Commands, Result


def register(commands: Commands) -> None:
    """Add `init`."""
    parser = commands.add("init", init, help="make a workspace and its owner", workspace=False)
    parser.add_argument(
        "--workspace", dest="name", metavar="NAME", required=True, help="what the company is called"
    )
    parser.add_argument("--owner", required=True, metavar="EMAIL")
    parser.add_argument("--password", required=True, metavar="TEXT", help="at least 10 characters")
    parser.add_argument("--owner-name", default="", metavar="NAME")
    parser.add_argument("--language", choices=["ru", "en"], default="ru")
    parser.add_argument("--currency", default="RUB", metavar="RUB")
    parser.add_argument("--timezone", default="Europe/Moscow", metavar="ZONE")
    parser.add_argument(
        "--team", choices=["1", "2-5", "6+"], default="1", help="how many sell: presets follow"
    )


def init(call: Call) -> Result:
    """Found the workspace; refuses a taken name, a weak password, an address that is none."""
    from konveyer.domain.staff.operations.found import found_workspace

    options = call.options
    workspace = found_workspace(
        name=options.name,
        owner_email=options.owner,
        owner_password=options.password,
        owner_name=options.owner_name,
        language=options.language,
        currency=options.currency,
        timezone=options.timezone,
        team_size=options.team,
        at=call.now,
    )
    data = {"workspace": workspace.slug, "name": workspace.name, "owner": options.owner.strip().lower()}
    return Result(data, [f"{workspace.name} ({workspace.slug}) is ready. Start it with: konveyer up"])
