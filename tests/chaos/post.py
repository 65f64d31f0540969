"""`python -m tests.chaos.post queue N PORT | send ID | sweep SECONDS | states`: a part of a firm's post, to be killed.

In the home of KONVEYER_HOME. `queue` prints the mailbox's id; `send` goes on until it is killed.
"""

import json
import os
import sys
import time
from datetime import timedelta
from uuid import UUID


def main() -> None:
    """Do the part that is asked for."""
    from konveyer.cli import _django
    from konveyer.running.environment import database

    os.environ.setdefault("KONVEYER_LANGUAGE", "en")
    part, *rest = sys.argv[1:]
    with database(), _django():
        PARTS[part](*rest)


def queue(count: str, port: str) -> None:
    """A mailbox without limits at that port, and so many letters."""
    from konveyer.domain.delivery.operations.mailboxes import MailboxFacts, add_mailbox
    from konveyer.domain.delivery.operations.queueing import Letter, queue_letter
    from konveyer.domain.workspace.models import Member
    from konveyer.domain.workspace.queries import actor_of, only_workspace
    from konveyer.kit import clock, tenancy

    workspace = only_workspace(None)
    with tenancy.enter(workspace.pk):
        actor = actor_of(Member.objects.get(workspace=workspace).pk, workspace.pk)
        facts = MailboxFacts(
            address=f"post{port}@house.example", name="House", password="for programs", provider="own",
            smtp_host="127.0.0.1", smtp_port=int(port), smtp_security="none", imap_host="127.0.0.1", day_limit=100_000,
            hour_limit=100_000, gap=0,
        )  # fmt: skip
        box = add_mailbox(actor=actor, at=clock.now(), facts=facts)
    for first in range(0, int(count), 500):
        with tenancy.enter(workspace.pk):
            for number in range(first, min(first + 500, int(count))):
                letter = Letter(
                    f"{port}:{number}",
                    "service",
                    [f"reader{number}@client.example"],
                    f"Letter {number}",
                    "Hello",
                )
                queue_letter(actor=actor, at=clock.now(), mailbox=box, wanted=letter)
    print(box.pk)


def send(mailbox: str) -> None:
    """One sender among several."""
    from konveyer.domain.delivery.operations.sending import send_due
    from konveyer.domain.workspace.queries import only_workspace

    workspace = only_workspace(None)
    while True:
        if not send_due(workspace_id=workspace.pk, mailbox_id=UUID(mailbox)):
            time.sleep(0.1)


def sweep(seconds: str) -> None:
    """As if so many seconds had passed."""
    from konveyer.domain.delivery.operations.settling import sweep as swept
    from konveyer.domain.workspace.queries import only_workspace
    from konveyer.kit import clock

    workspace = only_workspace(None)
    print(json.dumps(swept(workspace_id=workspace.pk, now=clock.now() + timedelta(seconds=float(seconds)))))


def states(mailbox: str) -> None:
    """Message-IDs by state."""
    from konveyer.domain.delivery.models import OutboxMessage
    from konveyer.domain.workspace.queries import only_workspace
    from konveyer.kit import tenancy

    workspace = only_workspace(None)
    found: dict[str, list[str]] = {}
    with tenancy.enter(workspace.pk):
        for state, ident in OutboxMessage.objects.filter(mailbox_id=mailbox).values_list(
            "state", "message_id"
        ):
            found.setdefault(state, []).append(ident)
    print(json.dumps(found))


PARTS = {"queue": queue, "send": send, "sweep": sweep, "states": states}

if __name__ == "__main__":
    main()
