"""Letters whose state and whose readers tell different stories."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "letter_readers",
    _("Every letter has a reader; one that waits has a reader who waits, an accepted one has none."),
    """
select m.workspace_id, 'outbox_message ' || m.id as record
  from outbox_message m
  left join lateral (select count(*) as readers, count(*) filter (where r.state = 'waiting') as waiting
                       from outbox_recipient r where r.workspace_id = m.workspace_id and r.message_id = m.id) r on true
 where r.readers = 0 or (m.state in ('queued', 'claimed', 'at_dot') and r.waiting = 0)
    or (m.state in ('accepted', 'refused') and r.waiting > 0)
""",
)
