"""The classes part the base."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

_BASE = """
select workspace_id, 'company' as kind, id from company
union all
select p.workspace_id, 'contact', p.id from contact p
 where p.name_key <> '' and not exists (select from employment e where e.workspace_id = p.workspace_id and e.contact_id = p.id
                                           and e.ended_on is null)"""
# Marked ones are about to be counted.
_CLEAN = """not exists (select from portfolio_mark m where m.workspace_id = {0}.workspace_id
                          and (m.subject_id = {0}.id or m.subject_id is null))"""
_WHOLE = "not exists (select from portfolio_mark m where m.workspace_id = {0}.workspace_id)"

EQUATION = Equation(
    "portfolio_parts",
    _(
        "Every company, and every contact who works at none, stands in one class on each day; the classes by day add up to the base."
    ),
    f"""
with base as materialized ({_BASE}),
     way as materialized (
       select workspace_id, party_id as id, kind, first_on, until_on, was, became,
              lead(first_on) over w as next_on, lag(became, 1, '') over w as before
         from portfolio_stay window w as (partition by workspace_id, party_id order by first_on))
select b.workspace_id, b.kind || ' ' || b.id || ' in no class' as record from base b
 where {_CLEAN.format("b")} and not exists (select from portfolio_stay s where s.workspace_id = b.workspace_id and s.party_id = b.id
                                               and s.kind = b.kind)
union all
select distinct s.workspace_id, s.kind || ' ' || s.id || ' not in the base' from way s
 where {_CLEAN.format("s")} and not exists (select from base b where b.workspace_id = s.workspace_id and b.id = s.id and b.kind = s.kind)
union all
select distinct s.workspace_id, s.kind || ' ' || s.id || ' in two classes or none for a while' from way s
 where s.until_on is distinct from s.next_on or s.was <> s.before
union all
select w.id, 'classes of all days make ' || d.parties || ', the base is ' || b.parties
  from workspace w,
       lateral (select count(*) as parties from base b where b.workspace_id = w.id) b,
       lateral (select coalesce(sum(parties), 0) as parties from portfolio_day_moves d where d.workspace_id = w.id and d.was = '') d
 where b.parties <> d.parties and not exists (select from portfolio_mark m where m.workspace_id = w.id)""",
)
