"""`konveyer mail classify PATH…`, `mail state`, `mail why ADDRESS`. The first needs no database and no home folder."""

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
    """Add `mail` with its parts."""
    group = commands.group("mail", help="mail: what came, what goes out, and why something has not gone yet")
    parser = group.add(
        "classify",
        classify,
        help="say what each inbound message is; needs no database",
        workspace=False,
        database=False,
    )
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
    group.add(
        "state",
        state,
        help="how many letters of the outbox are in each state, and mailboxes that are stopped",
    )
    parser = group.add("why", why, help="why a letter to an address has not gone yet, and when it goes")
    parser.add_argument("address", metavar="ADDRESS", help="whom the letters are to")


def state(call: Call) -> Result:
    """Letters by state, and what holds mailboxes."""
    from konveyer.domain.delivery.queries.outbox import held, in_states

    counted, stopped = in_states(call.home.pk), held(call.home.pk)
    lines = [f"{number:8}  {name}" for name, number in counted.items()]
    return Result(
        {"states": counted, "stopped": stopped},
        [*lines, *(f"{one['mailbox']}: {one['why']}, {one['said']}" for one in stopped)],
    )


def why(call: Call) -> Result:
    """Every letter to the address, and every mailbox."""
    from dataclasses import asdict

    from konveyer.domain.delivery.queries.why import why as ask
    from konveyer.domain.delivery.rules.settings import read_address

    address, ready = read_address(call.options.address), _("can send now")
    letters, mailboxes = ask(call.home.pk, address, call.now)
    data = {
        "address": address,
        "letters": [asdict(one) for one in letters],
        "mailboxes": [asdict(one) for one in mailboxes],
    }
    return Result(data, [
        *(f"{one.mailbox} → {one.state} {one.why} {one.at or ''} {one.said}".rstrip() for one in letters),
        *(f"{one.mailbox}: {one.why or ready} {one.at or ''}".rstrip() for one in mailboxes),
    ])  # fmt: skip


def classify(call: Call) -> Result:
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
    from konveyer.domain.delivery.rules.classify import classify as judge

    return judge(letter, known)


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
