"""One Konveyer for the browser: in each language a firm with a year of history, one founded today, one with bare records."""

import fcntl
import json
import os
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext

from tests.e2e.lists import bring_in
from tests.house import House

LANGUAGES = ("ru", "en")
STORY = 300  # leads of the made-up firm
DEMO_PASSWORD = "konveyer-demo"
PASSWORD = "a long enough passphrase"
DOMAINS = {"ru": "sevmetod.example", "en": "northmethod.example"}
FOUNDED = {
    ("ru", "empty"): "Новая фирма",
    ("ru", "bare"): "Скупая фирма",
    ("en", "empty"): "New firm",
    ("en", "bare"): "Scant firm",
}
OWNERS = {"ru": "Игорь Ветров", "en": "Ivor Breeze"}
WORDS = {
    "ru": {"bare": "Без подробностей", "note": "Звонить после планёрки", "hook": "Учётная программа", "guest": "Павел Гость"},
    "en": {"bare": "Hardly known", "note": "Call after the morning meeting", "hook": "Bookkeeping", "guest": "Paul Guest"},
}  # fmt: skip


@dataclass(frozen=True)
class Account:
    """Who signs in: language, place and login; in founded places there is the owner alone."""

    language: str
    place: str
    login: str = "owner"

    @property
    def email(self) -> str:
        """The address that he signs in with."""
        if self.place == "demo":
            return f"{self.login}@{DOMAINS[self.language]}"
        return f"{self.place}@{self.language}.example"

    @property
    def password(self) -> str:
        """His password."""
        return DEMO_PASSWORD if self.place == "demo" else PASSWORD


def build(founded: Path, home: Path) -> None:
    """Tell the stories and found the firms, in a copy of a founded home."""
    subprocess.run(["cp", "-a", str(founded), str(home)], check=True)
    house = House(home)
    for language in LANGUAGES:
        _do(house, "demo", "--language", language, "--leads", str(STORY))
    for (language, place), name in FOUNDED.items():
        account = Account(language, place)
        _do(
            house, "init", "--workspace", name, "--owner", account.email, "--password", account.password,
            "--owner-name", OWNERS[language], "--language", language, "--currency", "RUB" if language == "ru" else "GBP",
        )  # fmt: skip


def _do(house: House, *arguments: str) -> None:
    made = house.run(*arguments)
    assert made.returncode == 0, made.stderr


def built_once(founded: Path, shared: Path) -> Path:
    """The town's home, stopped; made once for all processes of a test run."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    place = shared / "town"
    with (shared / "town.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            build(founded, shared / "building")
            (shared / "building").rename(place)
    return place


def moved_in(founded: Path, shared: Path, own: Path) -> House:
    """A running copy of the town."""
    subprocess.run(["cp", "-a", str(built_once(founded, shared)), str(own)], check=True)
    house = House(own)
    house.start()
    return house


class Desk:
    """The API as the signed-in owner of a context uses it: to lay out what the stories do not tell."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context

    def get(self, address: str) -> Any:
        """What stands there."""
        answer = self.context.request.get(f"/api/v1{address}")
        assert answer.ok, answer.text()
        return answer.json()

    def post(self, address: str, **body: object) -> Any:
        """What came of it."""
        answer = self.context.request.post(
            f"/api/v1{address}", data=json.dumps(body), headers={**self._token(), "Content-Type": "application/json"}
        )  # fmt: skip
        assert answer.ok, answer.text()
        return answer.json() if answer.status != 204 else None

    def send_file(self, address: str, name: str, content: bytes) -> Any:
        """What came of a file in a form."""
        answer = self.context.request.post(
            f"/api/v1{address}", headers=self._token(),
            multipart={"file": {"name": name, "mimeType": "text/plain", "buffer": content}},
        )  # fmt: skip
        assert answer.ok, answer.text()
        return answer.json()

    def _token(self) -> dict[str, str]:
        page = self.context.request.get("/profile/").text()
        return {"X-CSRFToken": page.split('name="csrf-token" content="')[1].split('"')[0]}


def furnish(desk: Desk, account: Account) -> dict[str, str]:
    """Lay out the rest of an owner's workspace; gives the addresses that only the maker learns."""
    words = WORDS[account.language]
    if account.place == "bare":
        _bare_records(desk, account.language)
        return {}
    if account.place == "empty":
        return {}
    desk.post("/webhooks", name=words["hook"], url="https://hooks.example/konveyer", events=["lead.won"])
    hook = desk.get("/webhooks")[0]["id"]
    desk.post(f"/webhooks/{hook}/test")
    desk.post("/teams", name=words["guest"])
    _away(desk, account.language, "olga")
    desk.post(f"/conveyors/{desk.get('/conveyors')[0]['id']}/draft")
    roles = desk.get("/roles")
    offered = desk.post(
        "/invitations", email="guest@guest.example", name=words["guest"], role_ids=[roles[0]["id"]]
    )
    open_leads = desk.get("/leads?state=open&limit=50")["items"]
    noted = open_leads[0]["id"]
    desk.post("/notes", on="lead", record_id=noted, body=words["note"])
    desk.send_file(f"/files?on=lead&record_id={noted}", "plan.txt", b"90 days")
    view = desk.post("/views", list="leads", name=words["hook"], query={"state": "open"})["id"]
    tag = desk.post("/tags", name=words["hook"])["id"]
    desk.post("/bulk", list="leads", action="tag", params={"tag": tag}, ids=[noted])
    linked = desk.post("/contacts", last_name=words["guest"])["id"]
    other = desk.post("/contacts", last_name=words["hook"])["id"]
    desk.post("/links", contact_id=linked, by_id=other, kind="recommended")
    return {
        "linked": f"/base/people/{linked}/",
        "view": f"/leads/?view={view}&state=open",
        **bring_in(desk, account.language),
        "invitation": f"/sign-in/invitation/{offered['secret']}/",
        "noted": f"/leads/{noted}/?tab=notes",
        "handed": f"/leads/{_handed(desk, open_leads, words)}/",
    }


def _away(desk: Desk, language: str, login: str) -> None:
    """Somebody has left for a while; colleagues of the role have the work."""
    members = {member["email"]: member["id"] for member in desk.get("/members")}
    today = datetime.now(UTC).date()
    desk.post(
        "/absences", member_id=members[Account(language, "demo", login).email], rule="share",
        starts_on=str(today), ends_on=str(today + timedelta(days=14)),
    )  # fmt: skip


def _handed(desk: Desk, leads: list[Any], words: dict[str, str]) -> str:
    """A lead that was handed on just now and waits for its receiver."""
    ways = {way["id"]: way["stages"] for way in desk.get("/conveyors")}
    for lead in leads:
        stages = ways[lead["conveyor"]["id"]]
        here = next(stage for stage in stages if stage["id"] == lead["stage"]["id"])
        onward = [one for one in stages if one["position"] > here["position"] and one["role"] != here["role"]]
        if lead["owner"] and onward:
            break
    body = {"override_reason": words["note"], "introduction": words["note"]}
    desk.post(f"/leads/{lead['id']}/move", to_stage_id=onward[0]["id"], **body)
    return str(lead["id"])


def _bare_records(desk: Desk, language: str) -> None:
    name, currency = WORDS[language]["bare"], "RUB" if language == "ru" else "GBP"
    company = desk.post("/companies", name=name)["id"]
    desk.post("/contacts", last_name=name)
    product = desk.post("/products", name=name, currency=currency)["id"]
    conveyor = desk.get("/conveyors")[0]["id"]
    lead = desk.post("/leads", company_id=company, conveyor_id=conveyor)["id"]
    desk.post("/deals", lead_id=lead, product_id=product)
