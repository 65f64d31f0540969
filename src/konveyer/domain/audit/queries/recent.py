"""Parts of statements that several checks share."""


def touches(days: int) -> str:
    """Touches of members in the last days, each member's by his own index: `m` and `t`."""
    return f"""member m join touch t on t.workspace_id = m.workspace_id and t.member_id = m.id
           and t.happened_at > %(at)s - interval '{days} days' and t.happened_at <= %(at)s"""
