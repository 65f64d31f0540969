"""Blocks of RFC 3464: what a delivery report says of each recipient, one apart from the other."""

from __future__ import annotations

import re

from konveyer.domain.delivery.rules.letter import Headers, header
from konveyer.domain.delivery.rules.reasons import judged, status_in

MOST = 500  # blocks that are read

_FIELD = re.compile(r"([A-Za-z][\w-]{1,60})[ \t]*:[ \t]*(.*)", re.S)
_ADDRESS = re.compile(r"[^\s<>;,:\"()\[\]]{1,128}@[^\s<>;,\"()\[\]]{1,255}")
_DIGITS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?![.\d])")
SENT_ON = frozenset({"delivered", "relayed", "expanded", "delivered-to-mailbox"})


def blocks_of(text: str) -> tuple[Headers, ...]:
    """Groups of fields parted by empty lines; a second Final-Recipient begins a new one even without them."""
    found: list[list[tuple[str, str]]] = [[]]
    for line in text.replace("\r", "").split("\n"):
        if not line.strip():
            found.append([]) if found[-1] else None
            continue
        field = _FIELD.fullmatch(line)
        if line[0] in " \t" and found[-1]:
            name, value = found[-1][-1]
            found[-1][-1] = (name, f"{value} {line.strip()}")
        elif field:
            name = field[1].lower()
            if name == "final-recipient" and header(found[-1], name):
                found.append([])
            found[-1].append((name, field[2].strip()))
        elif found[-1]:
            name, value = found[-1][-1]  # a continuation that lost its indent
            found[-1][-1] = (name, f"{value} {line.strip()}")
        if len(found) > MOST:
            break
    return tuple(tuple(block) for block in found if block)


def about_recipients(blocks: tuple[Headers, ...]) -> list[Headers]:
    """The blocks that speak of a recipient. A block that lost its address keeps its fields for the one before."""
    kept: list[Headers] = []
    for block in blocks:
        names = {name for name, _ in block}
        if names & {"final-recipient", "original-recipient", "x-actual-recipient"}:
            kept.append(block)
        elif kept and names & {"action", "status", "diagnostic-code"} and "reporting-mta" not in names:
            kept[-1] = (*kept[-1], *block)
    return kept


def address_of(block: Headers) -> str:
    """Whom we wrote to: the original recipient where it is an address, else the final one."""
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        for key, value in block:
            if key == name and (found := _ADDRESS.search(value.partition(";")[2] or value)):
                return found[0].strip("<>.'").lower()
    return ""


def read_block(block: Headers) -> tuple[str, str, str, str]:
    """(action, status, kind, reason) of one recipient."""
    action = header(block, "action").split(" ")[0].strip("();,").lower()
    said = header(block, "status")
    diagnostic = " ".join(value for key, value in block if key in ("diagnostic-code", "x-diagnostic-code", "x-notes", "x-postfix-reason"))  # fmt: skip
    digits = _DIGITS.search(said)
    status = ".".join(digits.groups()) if digits else ""
    closer = status_in(diagnostic)
    if closer and (not status or (status.endswith(".0.0") and closer[0] == status[0])):
        status = closer
    delayed = action == "delayed" or (not action and status.startswith("4"))
    reason, kind = judged(status, f"{said} {diagnostic}", delayed=delayed)
    return action, status, kind, reason
