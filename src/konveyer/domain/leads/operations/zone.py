"""The workspace counts its days in another zone: the stored local days follow, in one statement."""

from django.db import connection

from konveyer.domain.staff.events import ZoneChanged

# What was written down as a date only stays that date in every zone.
_DAYS = """
update lead set
  arrived_on = case when arrived_precision = 'day' then arrived_on else (arrived_at at time zone %(zone)s)::date end,
  won_on = case when won_at is null or won_precision = 'day' then won_on else (won_at at time zone %(zone)s)::date end
 where workspace_id = %(w)s and (
   (arrived_precision <> 'day' and arrived_on <> (arrived_at at time zone %(zone)s)::date)
   or (won_at is not null and won_precision <> 'day' and won_on <> (won_at at time zone %(zone)s)::date))
"""


def on_zone(event: ZoneChanged) -> None:
    """Rebuild arrived_on and won_on of every lead whose day differs in the new zone."""
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, {"w": event.workspace_id, "zone": event.became})
