"""Bringing the tables up to date in a process of its own, so that the supervisor stays small."""

import sys

from konveyer.adapters.postgres import Trouble
from konveyer.running.home import prepare
from konveyer.running.supervisor import say
from konveyer.running.upgrade import bring_up_to_date


def main() -> int:
    """Copy a base in use, then apply what is missing; with --no-copy without the copy."""
    import django

    django.setup()
    from konveyer.kit.clock import now

    try:
        bring_up_to_date(prepare(), at=now(), copy="--no-copy" not in sys.argv, say=say)
    except Trouble as trouble:
        say(str(trouble))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
