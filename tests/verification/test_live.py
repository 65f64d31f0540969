"""Event streams against the real server: who may listen, what arrives, what ends them."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Iterator

import httpx
import psycopg
import pytest

from konveyer.adapters.postgres import Cluster
from konveyer.kit.live import CHANNEL
from konveyer.live.app import Live
from konveyer.live.hub import LONGEST_QUEUE, RELOAD, Hub, Stream
from konveyer.live.session import Seat
from tests.house import PASSWORD, House

pytestmark = pytest.mark.timeout(400)  # a whole program is started, on a machine that may be busy

STRANGER = "018f0000-0000-7000-8000-000000000000"


@pytest.fixture
def started(house: House) -> House:
    house.start()
    return house


@pytest.fixture
def member(started: House) -> Iterator[httpx.Client]:
    """The owner, signed in as a browser would be."""
    with httpx.Client(base_url=started.url, follow_redirects=True, timeout=10) as client:
        sign_in(client)
        yield client


def sign_in(client: httpx.Client) -> None:
    client.get("/sign-in/login/")
    form = {
        "login": "owner@house.example",
        "password": PASSWORD,
        "csrfmiddlewaretoken": client.cookies["csrftoken"],
    }
    client.post("/sign-in/login/", data=form, headers={"Referer": str(client.base_url)})
    assert "sessionid" in client.cookies


def live_url(house: House) -> str:
    head, _, port = house.url.rpartition(":")
    return f"{head}:{int(port) + 2}/live"


def seat(house: House) -> Seat:
    with psycopg.connect(**Cluster(house.home / "data").dsn("konveyer_owner")) as connection:  # type: ignore[arg-type]
        row = connection.execute("select workspace_id, id from member where user_id is not null").fetchone()
    assert row is not None
    return Seat(str(row[0]), str(row[1]))


def announce(house: House, workspace: str, topic: str, member: str | None = None) -> None:
    message = json.dumps({"workspace": workspace, "member": member, "topic": topic, "id": "7"})
    with psycopg.connect(**Cluster(house.home / "data").dsn("konveyer_app"), autocommit=True) as connection:  # type: ignore[arg-type]
        connection.execute("select pg_notify(%s, %s)", [CHANNEL, message])


@pytest.mark.shows("I2.up", "F25")
def test_only_a_signed_in_member_listens_and_hears_his_workspace(
    started: House, member: httpx.Client
) -> None:
    mine, url = seat(started), live_url(started)
    assert httpx.get(url).status_code == 401
    assert httpx.get(url, cookies={"sessionid": "x" * 32}).status_code == 401
    cookies = {"sessionid": member.cookies["sessionid"]}
    foreign = httpx.get(url, cookies=cookies, headers={"Origin": "http://127.0.0.1:1"})
    assert foreign.status_code == 403
    assert "access-control-allow-origin" not in foreign.headers
    with httpx.stream("GET", url, cookies=cookies, headers={"Origin": started.url}, timeout=10) as stream:
        assert stream.status_code == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.headers["access-control-allow-origin"] == started.url
        assert stream.headers["access-control-allow-credentials"] == "true"
        lines = (line for line in stream.iter_lines() if line.startswith("data:"))
        announce(started, STRANGER, "not-mine")
        announce(started, mine.workspace_id, "not-mine-either", member=STRANGER)
        announce(started, mine.workspace_id, "everybody")
        announce(started, mine.workspace_id, "only-me", member=mine.member_id)
        assert [json.loads(next(lines)[5:]) for _ in range(2)] == [
            {"topic": "everybody", "id": "7"},
            {"topic": "only-me", "id": "7"},
        ]
    assert httpx.post(url).status_code == 405
    assert httpx.get(f"{url}x").status_code == 404


def test_the_page_names_its_stream_and_the_policy_allows_it(started: House, member: httpx.Client) -> None:
    page = member.get("/")
    origin = live_url(started).removesuffix("/live")
    assert f"connect-src 'self' {origin};" in page.headers["content-security-policy"]


async def listen(app: Live, session: str) -> list[bytes]:
    """Everything that a stream says until it ends by itself."""
    said: list[bytes] = []

    async def receive() -> dict[str, object]:
        await asyncio.sleep(30)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.body":
            said.append(bytes(message["body"]))  # type: ignore[call-overload]

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/live",
        "headers": [(b"cookie", f"sessionid={session}".encode())],
    }
    await asyncio.wait_for(app(scope, receive, send), 15)
    return said


ENDINGS = [  # what ends a session, and what makes it good again
    ("update account set password = 'x' || password", "update account set password = substr(password, 2)"),
    ("update account set is_active = false", "update account set is_active = true"),
    ("update member set active = false where user_id is not null", "update member set active = true"),
    ("delete from django_session", ""),
]


@pytest.mark.shows("I2.workspaces")
def test_a_session_that_ends_loses_its_stream(started: House, member: httpx.Client) -> None:
    key = (started.home / "secret.key").read_bytes().strip()
    secret = hmac.new(key, b"django", hashlib.sha256).hexdigest()
    cluster = Cluster(started.home / "data")

    async def run(sql: str) -> None:
        dsn = cluster.dsn("konveyer_owner")
        async with await psycopg.AsyncConnection.connect(**dsn, autocommit=True) as owner:  # type: ignore[arg-type]
            await owner.execute(sql)

    async def scenario(ending: str, amends: str) -> list[bytes]:
        app = Live(
            dsn=cluster.dsn("konveyer_app"), secret=secret, web_port=1, base_url=started.url, heartbeat=0.05
        )
        await app.start()
        listening = asyncio.create_task(listen(app, member.cookies["sessionid"]))
        await asyncio.sleep(0.5)
        assert not listening.done()
        await run(ending)
        said = await listening
        await app.stop()
        if amends:
            await run(amends)
        return said

    for ending, amends in ENDINGS:
        said = asyncio.run(scenario(ending, amends))
        assert said[0] == b"retry: 3000\n\n"
        assert b": still here\n\n" in said
        assert said[-2:] == [b'data: {"topic":"signed-out","id":""}\n\n', b""]


def test_after_a_lost_connection_screens_are_told_to_ask_anew(started: House, member: httpx.Client) -> None:
    cookies = {"sessionid": member.cookies["sessionid"]}
    with httpx.stream("GET", live_url(started), cookies=cookies, timeout=20) as stream:
        lines = (line for line in stream.iter_lines() if line.startswith("data:"))
        started.kill("database")
        assert json.loads(next(lines)[5:]) == RELOAD


def test_a_slow_reader_gets_one_reload_instead_of_a_growing_queue() -> None:
    async def scenario() -> list[dict[str, str] | None]:
        stream = Stream(Seat("w", "m"))
        for number in range(LONGEST_QUEUE + 1):
            stream.put({"topic": "lead", "id": str(number)})
        return [await stream.get(0.01), await stream.get(0.01)]

    assert asyncio.run(scenario()) == [RELOAD, None]


@pytest.mark.parametrize("payload", ["", "{", "[]", '{"workspace": "w"}', "null"])
def test_an_announcement_that_cannot_be_read_is_dropped(payload: str) -> None:
    async def scenario() -> dict[str, str] | None:
        hub = Hub({})
        with hub.stream(Seat("w", "m")) as stream:
            hub.pass_on(payload)
            return await stream.get(0.01)

    assert asyncio.run(scenario()) is None
