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

SINCE = "2026-08-26"
LONG_LOST = "state = 'lost' and arrived_on between '2025-12-10' and '2026-05-20' and refusal_id is not null"

FAULTS: dict[str, tuple[str, ...]] = {
    "deals_after_fifth": (
        ATTEMPTS.format(
            of=f"lead_id in ({WON}) and happened_at <= (select won_at from lead l where l.id = lead_id)"
        ),
    ),
    "lost_too_early": (ATTEMPTS.format(of=f"lead_id in ({LOST})"),),
    "stage_without_result": (f"update stage set result = '' where {W} and {LIVE} and position %% 2 = 0",),
    "stage_without_exchange": (f"update stage set give = '', get = '' where {W} and {LIVE}",),
    "stage_of_nobody": (
        f"delete from member_role where {W} and role_id in (select id from role where {W} and code = 'logistician')",
        f"""update stage set role_id = (select id from role where {W} and code = 'logistician')
             where {W} and key in ('lead_generation', 'qualification')""",
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
        # Late answers went out with these; so that the share of quick ones stays what it was, two more become late.
        f"""update lead set first_touch_at = arrived_at + interval '4 days' where id in
            (select id from lead where {W} and incoming and not history and arrived_precision <> 'day' and arrived_on <= '2026-10-26'
                and first_touch_at <= arrived_at + interval '15 minutes' order by arrived_on desc, id limit 2)""",
    ),
    "code_word": (f"delete from lead_fact where {W} and kind = 'code_word'",),
    "unrated": (f"update lead set product_id = null, expected_amount = null where {W} and state = 'open'",),
    "hunters_keepers": (
        f"""update lead set parent_id = (select id from lead where {W} and state = 'won' order by id limit 1)
             where {W} and parent_id is null and state <> 'won' and md5(id::text) < '8'""",
    ),
    "closers_cold": (
        f"""update touch set member_id = (select min(mr.member_id::text)::uuid from member_role mr join role r on r.id = mr.role_id
                                            and r.code = 'closer' where mr.{W})
             where id in (select t.id from touch t join lead l on l.id = t.lead_id and l.temperature = 'cold'
                           where t.{W} and t.channel = 'call' and t.direction = 'out' and t.happened_at > '{SINCE}'
                           order by t.id limit 150)""",
    ),
    "handoff_returned": (
        f"update handoff set state = 'returned', return_reason = 'not_mine' where {W} and state = 'accepted' and md5(id::text) < '8'",
    ),
    "handoff_late": (f"update handoff set settled_at = due_at + interval '1 hour' where {W} and state = 'accepted'",),
    "hot_overdue": (
        f"""update lead set due_at = '2026-11-01', temperature = 'hot'
             where {W} and state = 'open' and (temperature = 'hot' or md5(id::text) < '3')""",
    ),
    "norm_reached": (f"update frame set number = 200 where {W} and kind = 'daily_calls'",),
    "days_missing": (
        f"""insert into quota (workspace_id, member_id, measure, per_day)
            select m.workspace_id, m.id, 'talks', 5 from member m where m.{W} and not exists (select from touch t where t.member_id = m.id)""",
    ),
    "warm_days": (
        f"""update daily_count c set value = case when c.day = '2026-11-23' then s.total else 0 end
              from (select member_id, sum(value) as total from daily_count where {W} and measure = 'warm' and day > '2026-10-20'
                     group by 1) s
             where c.{W} and c.member_id = s.member_id and c.measure = 'warm' and c.day > '2026-10-20'""",
    ),
    "calls_to_warm": (
        f"""update daily_count c set value = (extract(day from c.day)::int + s.place) %% 2
              from (select member_id, row_number() over (order by member_id) as place from daily_count where {W} group by 1) s
             where c.{W} and c.member_id = s.member_id and c.measure = 'warm'""",
    ),
    "sales_of_calls": (
        f"""insert into daily_count (workspace_id, member_id, day, measure, value, entered_at)
            select distinct workspace_id, coalesce(closer_id, owner_id), won_on, 'sales', 0, now() from lead
             where {W} and won_on > '2026-08-20'""",
    ),
    "doubtful_callers": (
        f"""update daily_count c set value = floor(k.value * 0.2) from daily_count k
             where c.{W} and k.{W} and k.member_id = c.member_id and k.day = c.day and k.measure = 'cold_calls' and c.measure = 'warm'
               and c.member_id = (select min(member_id::text)::uuid from daily_count where {W})""",
    ),
    "frame_results": (
        f"""update daily_count set value = 0 where {W} and measure = 'warm' and member_id =
            (select member_id from daily_count where {W} and measure = 'warm' group by 1 order by sum(value) limit 1)""",
    ),
    "sleeping_base": (
        f"""insert into temperature_change (workspace_id, lead_id, was, became, at, cause)
            select workspace_id, id, 'cold', 'warm', arrived_at, 'interest' from lead where {W} and {LONG_LOST}""",
        f"update lead set state = 'on_hold', wake_on = '2027-01-10', closed_at = null where {W} and {LONG_LOST}",
    ),
    "warm_base": (f"delete from portfolio_stay where {W} and became not in ('cold', 'sleeping')",),
    "one_contact": (f"update employment set ended_on = '2026-01-01' where {W}",),
    "one_of_ours": (
        f"""update touch set member_id = (select mr.member_id from member_role mr join role r on r.id = mr.role_id
                                            and r.code = 'account_manager' where mr.{W})
             where {W} and happened_at > '{SINCE}' and lead_id in ({WON})""",
    ),
    "lost_to_whom": (f"update lead set refusal_note = '' where {W} and state = 'lost'",),
    "silent_members": (
        f"""update lead l set owner_id = s.member_id
              from (select id as member_id, row_number() over (order by id) as place from member m
                     where {W} and not exists (select from touch t where t.member_id = m.id)) s,
                   (select id, row_number() over (order by arrived_at desc) as place from lead
                     where {W} and state = 'open' and owner_id is not null) o
             where l.id = o.id and o.place = s.place""",
    ),
    "by_hand": (f"update touch set automatic = false where {W}",),
    "overdue_steps": (f"update task set due_at = '2026-11-01' where {W} and done_at is null and cancelled_at is null",),
    "three_touches": (f"update touch set reached = false where {W} and lead_id in (select id from lead where {W} and incoming)",),
    "impossible_wins": (
        f"""update lead set won_on = arrived_on - 1 where id in
            (select id from lead where {W} and state = 'won' and arrived_on > '2026-07-01' order by id limit 3)""",
    ),
    "short_talks": (
        f"update touch set seconds = 3 where {W} and channel = 'call' and direction = 'out' and counted and md5(id::text) < '2'",
    ),
    "handed_unqualified": (f"update qualification set verdict = 'not_qualified' where {W}",),
    "recommender_unknown": (f"update lead set recommender_id = null where {W} and recommender_id is not null",),
}  # fmt: skip
