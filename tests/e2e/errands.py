"""What waits on the desks before the journeys: leads handed on to the one who works their next stage."""

from dataclasses import dataclass, field
from typing import Any

from tests.e2e.town import Account, Desk

WORDS = {"ru": "Просил звонить после планёрки", "en": "Asked to be called after the morning meeting"}


@dataclass
class Errands:
    """Lays out work in one firm; no lead is taken twice."""

    desk: Desk
    language: str
    taken: set[str] = field(default_factory=set)

    def hand_on(self, login: str, stage_key: str) -> dict[str, Any]:
        """An open lead, handed to a member at this stage of the first conveyor that has it."""
        members = {member["email"]: member["id"] for member in self.desk.get("/members")}
        ways = self.desk.get("/conveyors")
        way = next(one for one in ways if stage_key in [stage["key"] for stage in one["stages"]])
        keys = [stage["key"] for stage in way["stages"]]
        stage = way["stages"][keys.index(stage_key)]
        lead = self._among(way["id"], keys[: keys.index(stage_key)])
        self.desk.post(
            f"/leads/{lead['id']}/move", to_stage_id=stage["id"], override_reason=WORDS[self.language],
            to_member_id=members[Account(self.language, "demo", login).email], introduction=WORDS[self.language],
        )  # fmt: skip
        return lead

    def _among(self, conveyor: str, stages: list[str]) -> dict[str, Any]:
        for lead in self.desk.get("/leads?state=open&limit=100")["items"]:
            fits = lead["conveyor"]["id"] == conveyor and lead["stage"]["key"] in stages and lead["owner"]
            if fits and lead["id"] not in self.taken:
                self.taken.add(lead["id"])
                return dict(lead)
        raise AssertionError(f"no open lead at {stages}")
