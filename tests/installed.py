"""What must hold for an installed Konveyer, however it was installed: it runs without Node and asks no other host."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

from tests.house import PASSWORD, House

ADDRESS = re.compile(r"""(?:src|href|content|action)=["']([^"'#]+)["']|url\(["']?([^"')]+)["']?\)""")


def works_alone(konveyer: Path, home: Path) -> None:
    """init, up, sign-in; every static address of what is shown answers, and none lies on another host."""
    house = House(home, str(konveyer))
    house.environment["PATH"] = "/nowhere"
    made = house.run(
        "init", "--workspace", "Alone", "--owner", "owner@house.example", "--password", PASSWORD, "--json"
    )
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["owner"] == "owner@house.example"
    house.start()
    try:
        with httpx.Client(base_url=house.url, follow_redirects=True, timeout=20) as client:
            asked = whole(client, "/sign-in/login/")
            form = {"login": "owner@house.example", "password": PASSWORD}
            form["csrfmiddlewaretoken"] = client.cookies["csrftoken"]
            assert (
                client.post("/sign-in/login/", data=form, headers={"Referer": house.url}).status_code == 200
            )
            asked |= whole(client, "/")
            assert "sessionid" in client.cookies
            russian = client.get("/sign-in/login/", headers={"Accept-Language": "ru"})
            assert russian.headers["content-language"] == "ru"
        assert {"css", "js", "woff2"} <= {address.rpartition(".")[2] for address in asked}
    finally:
        assert house.stop() == 0


def whole(client: httpx.Client, page: str) -> set[str]:
    """The page with everything that it draws on; the static addresses, each of which has answered."""
    answer = client.get(page)
    assert answer.status_code == 200
    waiting, seen = static_in(answer.text, page), set[str]()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        found = client.get(address)
        assert found.status_code == 200, address
        if address.endswith(".css"):
            waiting |= static_in(found.text, address) - seen
    return seen


def static_in(text: str, base: str) -> set[str]:
    """Static addresses in a page or a style sheet. Fails on an address of another host."""
    found = set()
    for pair in ADDRESS.findall(text):
        address = urljoin(base, next(filter(None, pair), ""))
        host = urlsplit(address).hostname
        assert host in (None, "127.0.0.1", "localhost") or "/static/" not in address, address
        assert not (
            host and host not in ("127.0.0.1", "localhost") and address.endswith((".js", ".css", ".woff2"))
        ), address
        if address.startswith("/static/"):
            found.add(address)
    return found
