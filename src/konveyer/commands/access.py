"""`konveyer password-link`: the way back in for somebody who lost his password."""

from konveyer.commands.call import Call, Commands, Result, WrongUse


def register(commands: Commands) -> None:
    """Add `password-link`."""
    parser = commands.add(
        "password-link", password_link, help="print a link that sets a new password", workspace=False
    )
    parser.add_argument("email", metavar="EMAIL")


def password_link(call: Call) -> Result:
    """Print the link: single use, valid for an hour; a second factor stays on and is asked for."""
    from konveyer.domain.staff.queries.access import account
    from konveyer.web.sign_in.links import password_link as link_for

    user = account(call.options.email)
    if user is None:
        raise WrongUse(f"There is no account {call.options.email!r}.")
    link = link_for(user)
    return Result({"email": user.email, "link": link}, [link])
