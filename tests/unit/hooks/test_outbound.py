"""The way out: what is refused, what is pinned, what is not followed."""

import ipaddress
import socket
from pathlib import Path
from typing import Any

import pytest

from konveyer.adapters.outbound import client as client_module
from konveyer.adapters.outbound.client import PinnedClient
from konveyer.adapters.outbound.guard import is_open, resolve
from konveyer.adapters.sealing import FernetSealer
from konveyer.domain.hooks.ports import Frozen, Unreachable, Unreadable
from konveyer.domain.hooks.rules.address import read_url
from konveyer.kit.refusal import Invalid
from tests.receiver import receiving

NOWHERE = Path("/nonexistent/flag")


@pytest.mark.shows("F26", "I2.webhooks")
@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)  # fmt: skip
def test_our_own_house_is_closed(text: str) -> None:
    assert not is_open(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"])
def test_the_internet_is_open(text: str) -> None:
    assert is_open(ipaddress.ip_address(text))


@pytest.mark.shows("F26")
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "[::1]".strip("[]"), "0"]
)
def test_every_spelling_of_this_machine_is_refused(host: str) -> None:
    with pytest.raises(Unreachable):
        resolve(host, 80, private=False)


@pytest.mark.shows("F26")
def test_a_name_that_mixes_open_and_closed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(socket.AF_INET, 0, 0, "", ("93.184.216.34", 80)), (socket.AF_INET, 0, 0, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_rest, **_more: rows)
    with pytest.raises(Unreachable, match="private"):
        resolve("two-faced.example", 80, private=False)


@pytest.mark.shows("F26")
def test_the_name_is_resolved_once_and_the_connection_goes_where_it_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name server that changes its answer between check and connection gets nothing by it."""
    asked: list[str] = []

    def answer(host: str, port: int, *_rest: Any, **_more: Any) -> list[Any]:
        asked.append(host)
        if len(asked) > 1:
            raise AssertionError("asked again")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    with receiving() as receiver:
        url = f"http://rebound.example:{receiver.port}/hook"
        real = socket.getaddrinfo
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda host, *rest, **more: (
                answer(host, *rest, **more) if "example" in host else real(host, *rest, **more)
            ),
        )
        reply = PinnedClient(private=True, frozen=NOWHERE).post(url, b"{}", {})
        assert reply.status == 200
        assert receiver.came[0].headers["Host"] == f"rebound.example:{receiver.port}"
    assert asked == ["rebound.example"]


@pytest.mark.shows("F26")
def test_redirects_are_not_followed() -> None:
    with receiving() as inner, receiving() as outer:
        outer.answers, outer.location = [302], inner.url
        reply = PinnedClient(private=True, frozen=NOWHERE).post(outer.url, b"{}", {})
        assert (reply.status, inner.came) == (302, [])


@pytest.mark.shows("F26")
def test_private_addresses_need_the_switch() -> None:
    with receiving() as receiver:
        with pytest.raises(Unreachable):
            PinnedClient(private=False, frozen=NOWHERE).post(receiver.url, b"{}", {})
        assert receiver.came == []


def test_trouble_is_said_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(client_module, "PATIENCE", 0.2)
    client = PinnedClient(private=True, frozen=tmp_path / "frozen")
    with receiving() as receiver:
        receiver.delay = 0.6
        with pytest.raises(Unreachable, match="no answer in time"):
            client.post(receiver.url, b"{}", {})
        with pytest.raises(Unreachable, match="certificate or the encryption"):
            client.post(receiver.url.replace("http:", "https:"), b"{}", {})
        gone = receiver.url
    with pytest.raises(Unreachable, match="refused"):
        client.post(gone, b"{}", {})
    (tmp_path / "frozen").touch()
    with pytest.raises(Frozen):
        client.post(gone, b"{}", {})


def test_a_receiver_that_drips_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "WHOLE", 0.3)
    with receiving() as receiver:
        receiver.delay = 1.0
        with pytest.raises(Unreachable):
            PinnedClient(private=True, frozen=NOWHERE).post(receiver.url, b"{}", {})


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x.example/", "//x.example/", "https://", "https://user:pass@x.example/", "https://x.example/#part",
        "https://x.example:22/", "https://x.example:99999/", "https://x .example/", "https://x.exa\nmple/", "x",
        "javascript:alert(1)", "https://" + "x" * 600, "https://[::1",
    ],
)  # fmt: skip
def test_addresses_that_are_none_are_refused(url: str) -> None:
    with pytest.raises(Invalid):
        read_url(url)


def test_a_seal_opens_with_its_own_key_only() -> None:
    sealed = FernetSealer("ab" * 32).seal("whsec_тайна")
    assert "тайна" not in sealed
    assert FernetSealer("ab" * 32).unseal(sealed) == "whsec_тайна"
    with pytest.raises(Unreadable):
        FernetSealer("cd" * 32).unseal(sealed)
