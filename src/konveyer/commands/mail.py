"""`konveyer mail classify PATH…`: what each message of a mailbox is. Needs no database and no home folder."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konveyer.commands.call import DONE, WITH_REJECTS, Call, Commands, Result, WrongUse
from konveyer.kit.words import gettext as _

if TYPE_CHECKING:
    from konveyer.adapters.letters import Found
    from konveyer.domain.delivery.rules.letter import Classified, Known, Letter


def register(commands: Commands) -> None:
    """Add `mail`."""
    parser = commands.add(
        "mail",
        mail,
        help="inbound mail: `mail classify PATH…` says what each message is",
        workspace=False,
        database=False,
    )
    parser.add_argument("action", choices=("classify",), help="what to do")
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a message, a folder of them, an mbox file, or - for one on standard input",
    )
    parser.add_argument(
        "--own",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="an address of ours; without any, the one that most messages were sent to",
    )


def mail(call: Call) -> Result:
    """Two readings: whose mailbox it is may only be seen over all messages, and they are not all kept in memory."""
    missing = [path for path in call.options.paths if path != "-" and not Path(path).exists()]
    if missing:
        raise WrongUse(_("There is no file or folder {path}.").format(path=", ".join(missing)))
    known = _known(call.options.own, call.options.paths)
    told: list[dict[str, Any]] = []
    unread = 0
    for found, letter in _read(call.options.paths):
        if letter is None:
            call.say(_("{path} cannot be read: {why}").format(path=found.name, why=found.trouble))
            unread += 1
        else:
            told.append(_told(found.name, _judged(letter, known)))
    return Result(told, _lines(told), WITH_REJECTS if unread else DONE)


@cache
def _standard_input() -> bytes:
    return sys.stdin.buffer.read()


def _read(paths: list[str]) -> Iterator[tuple[Found, Letter | None]]:
    from konveyer.adapters.letters import messages, read_letter

    for found in messages(paths, _standard_input):
        yield found, None if found.trouble else read_letter(found.raw, found.folder)


def _known(own: list[str], paths: list[str]) -> Known:
    from konveyer.domain.delivery.rules.letter import Known
    from konveyer.domain.delivery.rules.own import inferred

    if own:
        return Known(frozenset(address.strip().lower() for address in own))
    return inferred(
        [replace(letter, text="", parts=(), attached=()) for _found, letter in _read(paths) if letter]
    )


def _judged(letter: Letter, known: Known) -> Classified:
    from konveyer.domain.delivery.rules.classify import classify

    return classify(letter, known)


def _told(name: str, found: Classified) -> dict[str, Any]:
    return {
        "file": name,
        "verdict": found.verdict,
        "doubtful": found.doubtful,
        "recipients": [
            {"address": one.address, "status": one.status or None, "kind": one.kind, "reason": one.reason}
            for one in found.recipients
        ],
        "until": found.until.isoformat() if found.until else None,
        "named": [
            {
                "name": one.name or None,
                "role": one.role or None,
                "email": one.email or None,
                "phone": one.phone or None,
            }
            for one in found.named
        ],
        "reply_text": found.reply_text,
    }


def _lines(told: list[dict[str, Any]]) -> list[str]:
    width = max((len(one["verdict"]) for one in told), default=0)
    listed = [f"{one['verdict']:{width}}  {'?' if one['doubtful'] else ' '}  {one['file']}" for one in told]
    counted = Counter(one["verdict"] for one in told)
    return [*listed, "", *(f"{number:6}  {verdict}" for verdict, number in counted.most_common())]
