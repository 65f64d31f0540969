"""The firm's mailboxes. Nobody has given their passwords yet: nothing can go out of a demo."""

from collections.abc import Mapping
from datetime import datetime

from konveyer.domain.delivery.models import Mailbox
from konveyer.domain.delivery.rules.providers import OWN
from konveyer.domain.workspace.models import Member, Workspace


def write_mailboxes(workspace: Workspace, people: Mapping[str, Member], domain: str, today: datetime) -> None:
    """The address of the firm, and one for each who sells, by the server of its domain."""
    owners = {"info": None, **{name: people[name] for name in ("telemarketer", "closer") if name in people}}
    Mailbox.objects.bulk_create(
        Mailbox(
            workspace=workspace,
            address=f"{name}@{domain}",
            name=member.name if member else workspace.name,
            member=member,
            provider=OWN,
            login=f"{name}@{domain}",
            smtp_host=f"mail.{domain}",
            smtp_port=465,
            smtp_security="tls",
            imap_host=f"mail.{domain}",
            imap_port=993,
            imap_security="tls",
            created_at=today,
        )
        for name, member in owners.items()
    )
