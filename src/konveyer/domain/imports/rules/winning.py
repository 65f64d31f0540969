"""History says a lead was won: the lead, its deal, its way along the conveyor and the handoff, as far as known.

Of the way only the ends are known: when the lead came and when it was won. So it stood in its first stage all the
time, the stages between are skipped in the moment of the win, and the win point is passed then. A win dated before
the first contact keeps both dates; the stage pass, which may not end before it begins, begins with the win.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from konveyer.domain.imports.rules.drafts import Draft, Known, Plan, Setting, StageInfo, Way
from konveyer.domain.imports.rules.lines import Line
from konveyer.domain.imports.rules.moments import Moment
from konveyer.domain.imports.rules.problem import Problem
from konveyer.kit.text import sort_key


def same_moment(said: Moment, lead: Draft, name: str) -> bool:
    """Whether the base knows this moment already; a date alone agrees with any time of that day."""
    if said.precision == "day" and lead.values[f"{name}_on"] == said.on:
        return True
    known: datetime | None = lead.values[f"{name}_at"]
    return known == said.at


class Wins:
    """Wins leads of one chunk."""

    def __init__(self, known: Known, plan: Plan, setting: Setting) -> None:
        self.known = known
        self.plan = plan
        self.setting = setting

    def check(self, row: Line, lead: Draft | None) -> None:
        """Raise Problem if the row cannot win this lead."""
        owner_of_key = self.known.deal_keys.get(row.deal_key) if row.deal_key else None
        if owner_of_key is not None and (lead is None or owner_of_key != lead.id):
            raise Problem("key_taken", key=row.deal_key)
        if lead is None or row.won is None:
            return
        if lead.values["state"] == "lost":
            raise Problem("lead_lost", key=row.key or lead.values["title"])
        if (
            lead.values["state"] == "won"
            and not lead.values["history"]
            and not same_moment(row.won, lead, "won")
        ):
            raise Problem(
                "lead_won_here", key=row.key, day=str(lead.values["won_on"]), said=str(row.won.on)
            )  # fmt: skip

    def win(self, row: Line, lead: Draft) -> None:
        """Put the win into the lead; for a lead won already, what is new about it."""
        won = row.won
        if won is None:
            return
        telemarketer, closer = self._member(row.telemarketer), self._member(row.closer)
        if lead.values["state"] != "won":
            self._pass_on(lead, won, telemarketer, closer)
            self._close(lead, won)
        elif not same_moment(won, lead, "won"):
            self._redate_win(lead, won)
        self._credit(lead, telemarketer, closer)
        self._deal(row, lead, won)
        if telemarketer or closer:
            self._handoff(row, lead)

    def redate(self, lead: Draft, arrived: Moment) -> None:
        """Another date of arrival; what followed from the former one follows from the new one."""
        former = lead.values["arrived_at"]
        for column, value in (
            ("arrived_at", arrived.at), ("arrived_precision", arrived.precision), ("arrived_on", arrived.on),
        ):  # fmt: skip
            self.plan.put("lead", lead, column, value)
        if lead.values["entered_stage_at"] == former and lead.values["state"] != "won":
            self.plan.put("lead", lead, "entered_stage_at", arrived.at)
        passes = sorted(self.known.passes[lead.id], key=lambda one: (one.values["entered_at"], one.id))
        first = next((one for one in passes if one.values["stage_id"] == self._way(lead).entry.id), None)
        if first is not None:
            left = first.values["left_at"]
            self.plan.put("stage_pass", first, "entered_at", min(arrived.at, left) if left else arrived.at)

    def _way(self, lead: Draft) -> Way:
        return self.known.ways[lead.values["conveyor_version_id"]]

    def _close(self, lead: Draft, won: Moment) -> None:
        win = self._way(lead).win
        for task in self.known.tasks[lead.id]:
            self.plan.put("task", task, "cancelled_at", self.setting.at)
        for column, value in (
            ("state", "won"), ("won_at", won.at), ("won_on", won.on), ("won_precision", won.precision),
            ("closed_at", won.at), ("stage_id", win.id), ("entered_stage_at", won.at), ("due_at", None), ("queue_id", None),
            ("next_task_id", None), ("wake_on", None), ("temperature", "client"),
        ):  # fmt: skip
            self.plan.put("lead", lead, column, value)

    def _pass_on(self, lead: Draft, won: Moment, telemarketer: str | None, closer: str | None) -> None:
        way = self._way(lead)
        here = way[lead.values["stage_id"]]
        current = next((one for one in self.known.passes[lead.id] if one.values["left_at"] is None), None)
        if current is not None:
            entered = current.values["entered_at"]
            if lead.values["history"] and entered > won.at:
                self.plan.put("stage_pass", current, "entered_at", won.at)
            self.plan.put("stage_pass", current, "left_at", max(current.values["entered_at"], won.at))
            self.plan.put("stage_pass", current, "outcome", "passed")
            if current.values["owner_id"] is None:
                self.plan.put("stage_pass", current, "owner_id", self._worker(here, telemarketer, closer))
        for stage in way.stages:
            if here.position < stage.position <= way.win.position:
                outcome = "passed" if stage.id == way.win.id else "skipped"
                self._passed(lead, stage, won.at, outcome, self._worker(stage, telemarketer, closer))

    def _passed(self, lead: Draft, stage: StageInfo, at: datetime, outcome: str, owner: str | None) -> None:
        values = {
            "lead_id": lead.id, "stage_id": stage.id, "owner_id": owner, "entered_at": at, "left_at": at, "outcome": outcome,
        }  # fmt: skip
        self.known.passes[lead.id].append(
            self.plan.add("stage_pass", Draft(self.setting.new_id(), values, new=True))
        )

    @staticmethod
    def _worker(stage: StageInfo, telemarketer: str | None, closer: str | None) -> str | None:
        """Who worked a stage, as far as the list says: the telemarketer his stages, the closer the others."""
        return telemarketer if stage.role_code in ("telemarketer", "marketer") else closer

    def _redate_win(self, lead: Draft, won: Moment) -> None:
        former = lead.values["won_at"]
        for column, value in (
            ("won_at", won.at), ("won_on", won.on), ("won_precision", won.precision), ("closed_at", won.at),
            ("entered_stage_at", won.at),
        ):  # fmt: skip
            self.plan.put("lead", lead, column, value)
        for one in self.known.passes[lead.id]:
            first = one.values["stage_id"] == self._way(lead).entry.id
            if one.values["left_at"] == former:
                self.plan.put("stage_pass", one, "left_at", won.at)
            if one.values["entered_at"] == former and not first:
                self.plan.put("stage_pass", one, "entered_at", won.at)
            elif first:
                self.plan.put("stage_pass", one, "entered_at", min(lead.values["arrived_at"], won.at))
        handoff = self.known.handoffs.get(lead.id)
        if handoff is not None:
            for column in ("sent_at", "settled_at"):
                self.plan.put("handoff", handoff, column, won.at)

    def _credit(self, lead: Draft, telemarketer: str | None, closer: str | None) -> None:
        if telemarketer:
            self.plan.put("lead", lead, "telemarketer_id", telemarketer)
        if closer:
            self.plan.put("lead", lead, "closer_id", closer)
        if (telemarketer or closer) and lead.values["history"]:
            self.plan.put("lead", lead, "credit_from_deals", True)
        owner = closer or lead.values["owner_id"] or telemarketer
        self.plan.put("lead", lead, "owner_id", owner)

    def _deal(self, row: Line, lead: Draft, won: Moment) -> None:
        deal = self.known.deals.get(lead.id)
        if deal is None:
            values: dict[str, Any] = {
                "lead_id": lead.id, "amount": None, "currency": self.setting.currency, "external_key": None, "status": "won",
                "status_at": won.at, "status_precision": won.precision, "history": True, "lost_reason": "", "wake_on": None,
            }  # fmt: skip
            deal = self.known.deals[lead.id] = self.plan.add(
                "deal", Draft(self.setting.new_id(), values, new=True)
            )
        if row.deal_amount is not None:
            self.plan.put("deal", deal, "amount", row.deal_amount)
        if row.deal_key:
            self.plan.put("deal", deal, "external_key", row.deal_key)
            self.known.deal_keys[row.deal_key] = lead.id
        was_won = deal.values["status"] == "won"
        self.plan.put("deal", deal, "status", "won")
        if not was_won or (deal.values["history"] and lead.values["won_at"] != deal.values["status_at"]):
            for column, value in (("status_at", lead.values["won_at"]), ("status_precision", lead.values["won_precision"]),
                                  ("lost_reason", ""), ("wake_on", None)):  # fmt: skip
                self.plan.put("deal", deal, column, value)

    def _handoff(self, row: Line, lead: Draft) -> None:
        giver, taker = lead.values["telemarketer_id"], lead.values["closer_id"]
        handoff = self.known.handoffs.get(lead.id)
        if handoff is not None:
            self.plan.put("handoff", handoff, "from_member_id", giver)
            self.plan.put("handoff", handoff, "to_member_id", taker)
            return
        way = self._way(lead)
        target = way.first_of("closer") or way.win
        before = [stage for stage in way.stages if stage.position < target.position]
        values = {
            "lead_id": lead.id, "from_member_id": giver, "to_member_id": taker, "to_role_id": target.role_id,
            "from_stage_id": (before[-1] if before else way.entry).id, "to_stage_id": target.id, "state": "accepted",
            "package": {"source": "deal list", "file": self.setting.file_name, "line": row.line},
            "sent_at": lead.values["won_at"], "settled_at": lead.values["won_at"], "history": True,
        }  # fmt: skip
        self.known.handoffs[lead.id] = self.plan.add(
            "handoff", Draft(self.setting.new_id(), values, new=True)
        )

    def _member(self, said: str) -> str | None:
        """The member of ours whom the list names by code or by name; one we do not know becomes one without a sign-in."""
        if not said:
            return None
        found = self.known.members.get(said) or self.known.members.get(sort_key(said))
        if found is None:
            found = self.setting.new_id()
            self.known.members[said] = self.known.members[sort_key(said)] = found
            values = {"name": said, "name_key": sort_key(said), "external_key": said}
            self.plan.add("member", Draft(found, values, new=True))
        return found
