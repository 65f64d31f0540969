"""One fault for each check: what is done to a healthy firm so that this check, and no other, turns bad.

`%(key)s` names the workspace. Statements run as the server's superuser with the guards of the tables off, since most of
these bases could not be made by working.
"""

W = "workspace_id = %(key)s"
WON = f"select id from lead where {W} and state = 'won'"
# All touches of these leads but the first become attempts.
ATTEMPTS = """
update touch t set counted = false, reached = false
  from (select id, row_number() over (partition by lead_id order by happened_at, id) as place from touch where counted and {of}) x
 where t.id = x.id and x.place > 1"""
LIVE = f"conveyor_version_id in (select id from conveyor_version where {W} and state = 'live')"
LOST = f"""select l.id from lead l join refusal_route r on r.id = l.refusal_id and r.destination = 'lost'
            where l.{W} and l.state = 'lost'"""

FAULTS: dict[str, tuple[str, ...]] = {
    "deals_after_fifth": (ATTEMPTS.format(of=f"lead_id in ({WON})"),),
    "lost_too_early": (ATTEMPTS.format(of=f"lead_id in ({LOST})"),),
    "stage_without_result": (f"update stage set result = '' where {W} and {LIVE} and position %% 2 = 0",),
    "stage_without_exchange": (f"update stage set give = '', get = '' where {W} and {LIVE}",),
    "stage_of_nobody": (
        f"""delete from member_role where {W} and role_id in
            (select id from role where {W} and code in ('logistician', 'performer', 'account_manager'))""",
    ),
    "ladder_levels": (f"update product set active = false where {W} and level = 'info'",),
    "ladder_paid": (f"update product set price = 10 where {W} and level = 'info'",),
    "ladder_vip": (f"update product set price = 1721 where {W} and level = 'vip'",),
    "product_difference": (f"update product set difference = '' where {W} and level in ('core', 'vip')",),
    "won_without_next": (f"update lead set parent_id = null where {W}",),
    "largest_source": (
        f"update lead set origin_id = (select id from origin where {W} order by key limit 1) where {W} and state = 'won'",
    ),
    "largest_seller": (
        f"update lead set closer_id = (select min(closer_id::text)::uuid from lead where {W}) where {W} and state = 'won'",
    ),
    "largest_product": (
        f"update deal set product_id = (select id from product where {W} and level = 'core') where {W} and status = 'won'",
    ),
    "largest_client": (
        f"""update payment set amount = amount * 50 where {W} and deal_id in
            (select deal_id from payment where {W} and received_on > '2026-03-01' order by deal_id limit 1)""",
    ),
    "first_contact": (
        f"update lead set first_touch_at = arrived_at + interval '26 hours' where {W} and incoming and first_touch_at is not null",
    ),
    "unanswered": (
        f"""update lead set first_touch_at = null where {W} and incoming and state = 'open' and arrived_on > '2026-10-26'""",
    ),
}  # fmt: skip
