"""`konveyer mail classify`: one JSON document, clear words for what cannot be read."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

from konveyer.cli import main
from konveyer.commands import mail
from tests.unit.delivery.letters import OWN, raw

KEYS = ["file", "verdict", "doubtful", "recipients", "until", "named", "reply_text"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, object]:
    code = main(["mail", "classify", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_folder_is_walked_in_order_and_every_message_told_with_exactly_these_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    (tmp_path / "deep").mkdir()
    (tmp_path / "b.eml").write_bytes(raw("стоп"))
    (tmp_path / "deep" / "c").write_bytes(raw("Пишите Анне: anna@x.example"))
    (tmp_path / "b.toml").write_text("verdict = 'x'")
    code, told = run(capsys, str(tmp_path))
    assert code == 0
    assert isinstance(told, list)
    assert [list(one) for one in told] == [KEYS, KEYS]
    assert [(one["file"], one["verdict"]) for one in told] == [
        (str(tmp_path / "b.eml"), "opt_out"),
        (str(tmp_path / "deep" / "c"), "referral"),
    ]
    assert told[1]["named"] == [{"name": "Анна", "role": None, "email": "anna@x.example", "phone": None}]
    assert told[0] | {"file": ""} == {
        "file": "", "verdict": "opt_out", "doubtful": False, "recipients": [], "until": None, "named": [], "reply_text": "стоп",
    }  # fmt: skip


def test_a_folder_of_sent_mail_an_mbox_and_standard_input(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    sent = tmp_path / "Отправленные"
    sent.mkdir()
    (sent / "1.eml").write_bytes(raw("Добрый день", sender="a@b.example", In_Reply_To=""))
    box = tmp_path / "box"
    box.write_bytes(
        b"From a@b Tue Apr 28 10:00:00 2026\n"
        + raw("стоп")
        + b"\nFrom a@b Tue Apr 28 10:00:00 2026\n"
        + raw("спасибо")
    )
    mail._standard_input.cache_clear()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw("отпишите меня"))))
    code, told = run(capsys, str(sent), str(box), "-", "--own", OWN)
    assert code == 0
    assert isinstance(told, list)
    assert [(one["file"], one["verdict"]) for one in told] == [
        (str(sent / "1.eml"), "sent_copy"), (f"{box}#1", "opt_out"), (f"{box}#2", "human"), ("-", "opt_out"),
    ]  # fmt: skip


def test_a_path_that_is_not_there_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("KONVEYER_LANGUAGE", "en")
    code, told = run(capsys, str(tmp_path / "none"))
    assert (code, told) == (
        2,
        {"error": "wrong_use", "message": f"There is no file or folder {tmp_path / 'none'}."},
    )


@pytest.mark.skipif(
    os.geteuid() == 0 and not Path("/proc/self/mem").exists(), reason="wants a file that nobody can read"
)
def test_a_file_that_cannot_be_read_is_told_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.eml").symlink_to("/proc/self/mem")
    (tmp_path / "b.eml").write_bytes(raw("стоп"))
    code = main(["mail", "classify", str(tmp_path), "--json"])
    said = capsys.readouterr()
    assert code == 1
    assert [one["verdict"] for one in json.loads(said.out)] == ["opt_out"]
    assert str(tmp_path / "a.eml") in said.err


def test_a_person_gets_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.eml").write_bytes(raw("стоп"))
    assert main(["mail", "classify", str(tmp_path)]) == 0
    assert capsys.readouterr().out.split() == ["opt_out", str(tmp_path / "b.eml"), "1", "opt_out"]
