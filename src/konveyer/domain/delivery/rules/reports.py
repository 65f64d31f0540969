"""Delivery reports of every form: whether a letter is one, and what it says of whom."""

from __future__ import annotations

import re
from dataclasses import replace

from konveyer.domain.delivery.rules.blocks import SENT_ON, about_recipients, address_of, blocks_of, read_block
from konveyer.domain.delivery.rules.letter import Asked, Classified, Headers, Letter, Recipient
from konveyer.domain.delivery.rules.phrases import plain, says
from konveyer.domain.delivery.rules.reasons import from_words
from konveyer.domain.delivery.rules.report_text import failures, notice_of

_MACHINE = re.compile(
    r"(?:mailer[-_.]?d(?:a|ae)emon|post-?master|mail-?daemon|mailerdaemon|mailer|mail[-_.]?(?:system|delivery|agent|server|admin)|mdaemon|bounces?|double-bounce|"
    r"non-?delivery|undeliver\w*|delivery|maildelivery|devnull|microsoftexchange\w*|msexch\w*|nobody|root|smtp|smtpgate\w*|mmdf|uucp|network-?mail|groupwise|scanmail|quarantine|daemon|\w*(?:gateway|antivirus)\w*)(?:[+=._-].{0,100})?\\?@",
    re.I,
)
_MACHINE_NAME = re.compile(
    r"mail(?:er)?[ -]?(?:delivery|relay|daemon|system|administrator|router|server)|delivery (?:subsystem|system|status|notification|agent|service)|system administrator|postmaster|post office|"
    r"microsoft outlook|microsoft exchange|системный администратор|администратор почт|система доставки|почтовая (?:система|служба)|служба доставки|почтовый (?:сервер|робот)|"
    r"доставк\w+ почт|mail\.ru daemon|возврат|systemadministrator|administrateur système|amministratore di sistema|administrador del sistema|smtp server|mta\b|local delivery|internet mail|email delivery|mmdf",
    re.I,
)
_ANSWER = re.compile(r"\s*(?:re|fwd?|fw|aw|wg|ha|на|отв|пересл|tr|rv|res|enc|vs|sv)(?:\[\d+\])?\s*:", re.I)
STRONG = 5  # points from which a letter without a report's form is one


def delivery_report(asked: Asked) -> Classified | None:
    """The verdict, if it is a report of something that did not arrive, or not yet."""
    letter = asked.letter
    groups = letter.delivery or _inline_groups(letter)
    spoken = _by_blocks(letter, groups) if groups else []
    if groups and not spoken and _only_good_news(groups):
        return None
    points, reasons = weight(letter, bool(spoken))
    if points < STRONG:
        return None
    found = _merged(spoken, letter, asked)
    return Classified(
        "bounce", doubtful=points == STRONG and not spoken, recipients=found, reasons=tuple(reasons)
    )


def weight(letter: Letter, blocks: bool) -> tuple[int, list[str]]:
    """How much speaks for a report, with the names of what spoke. A person who speaks of one lacks the machine's signs."""
    notice, subject = plain(notice_of(letter.text)), plain(letter.subject)
    signs = _signs(letter, blocks, notice, subject)
    machine, unreturned = signs["machine_sender"], signs["empty_return_path"]
    told, titled = signs["notice_text"], signs["notice_subject"]
    human = not (machine or letter.delivery) and (_ANSWER.match(letter.subject) or letter.get("in-reply-to"))
    unsigned = not (machine or unreturned or titled or letter.delivery or signs["failed_header"])
    wordless = not (told or titled or signs["smtp_reply"] or signs["blocks"]) and not (machine and unreturned)
    known_form = signs["blocks"] or signs["failed_header"]
    total = sum(signs.values())
    if human or unsigned or wordless or (not known_form and _answers(notice, subject, bool(told and titled))):
        total = min(total, STRONG - 1)
    return total, [name for name, points in signs.items() if points]


def _signs(letter: Letter, blocks: bool, notice: str, subject: str) -> dict[str, int]:
    text = notice_of(letter.text)
    machine = _machine(letter)
    unreturned = letter.get("return-path").strip() == "<>"
    told, titled = says("notice", notice), says("notice_subject", subject)
    refused = letter.report_type == "disposition-notification" and (titled or says("report_refused", notice))
    return {
        "blocks": 6 * (blocks and bool(letter.delivery or machine or unreturned)),
        "report_form": 3 * (letter.report_type == "delivery-status"),
        "failed_header": 5 * bool(letter.get("x-failed-recipients")),
        "machine_sender": 3 * machine,
        "empty_return_path": 2 * unreturned,
        "notice_subject": 2 * titled,
        "notice_text": 2 * told,
        "smtp_reply": 1 * bool(_SMTP_REPLY.search(text)),
        "original_inside": 1 * bool(letter.attached or _ORIGINAL_BELOW.search(letter.text[:60_000])),
        "reason_and_address": 2
        * ("@" in text and (told or titled or unreturned) and from_words(text) in PLAIN_REASONS),
        "refused_by_rule": 3 * refused,
    }


def _answers(notice: str, subject: str, said_twice: bool) -> bool:
    """Another kind of automatic answer: its words are those of somebody absent, or of a desk that got the letter."""
    if said_twice:
        return False
    names = ("absence_sure", "challenge", "automatic_subject")
    return says("succeeded", notice) or any(says(name, subject) or says(name, notice) for name in names)


PLAIN_REASONS = frozenset({"unknown_user", "unknown_domain", "mailbox_full", "disabled", "too_large"})
_SMTP_REPLY = re.compile(r"(?<![\d.:])[45][0-5]\d[ -]+(?:#?[45]\.\d{1,3}\.\d{1,3}|[A-Za-zА-Яа-я<])")
_ORIGINAL_BELOW = re.compile(
    r"^[\s>|]*(?:-{2,}.{0,40}(?:original|returned|copy of|undelivered|header|исходн|копия|оригинал|текст).{0,80}|"
    r"(?:original message (?:headers|follows)|old message:|message headers follow|received: from|return-path:|исходное сообщение|заголовки (?:исходного|письма)|текст письма).{0,80})",
    re.I | re.M,
)


def _machine(letter: Letter) -> bool:
    address = letter.sender or letter.get("from").strip().lower()
    if _MACHINE.match(address + ("" if "@" in address else "@")):
        return True
    return bool(_MACHINE_NAME.search(letter.sender_name)) and not letter.get("in-reply-to")


def _inline_groups(letter: Letter) -> tuple[tuple[Headers, ...], ...]:
    """Blocks that stand in the text itself: a report that lost its form on its way."""
    if "recipient" not in letter.text.lower():
        return ()
    start = re.search(
        r"^(?:Reporting-MTA|Final-Recipient|Original-Recipient)[ \t]*:", letter.text, re.I | re.M
    )
    if not start:
        return ()
    return (blocks_of(letter.text[start.start() : start.start() + 20_000]),)


def _by_blocks(letter: Letter, groups: tuple[tuple[Headers, ...], ...]) -> list[tuple[str, str, Recipient]]:
    """(action, address, what is said) of each recipient that did not get it."""
    found = []
    for block in (one for group in groups for one in about_recipients(group)):
        action, status, kind, reason = read_block(block)
        if action in SENT_ON or (not action and status.startswith("2")):
            continue
        address = address_of(block)
        found.append((action, address, Recipient(address, status, kind, reason)))
    return found


def _only_good_news(groups: tuple[tuple[Headers, ...], ...]) -> bool:
    return any(about_recipients(group) for group in groups)


def _merged(spoken: list[tuple[str, str, Recipient]], letter: Letter, asked: Asked) -> tuple[Recipient, ...]:
    """What the blocks say, made closer by the words of the notice; without blocks what the notice says."""
    told = {one.address: one for one in failures(letter, asked.known)}
    if not spoken:
        return tuple(told.values())
    found: dict[str, Recipient] = {}
    for action, address, one in spoken:
        if not address and len(told) == 1 and len(spoken) == 1:
            address = next(iter(told))
        beside = told.get(address)
        if beside and not one.status and beside.status:
            one = replace(one, status=beside.status, kind=beside.kind if action != "delayed" else "soft")
        if beside and one.reason == "other":
            one = replace(one, reason=beside.reason)
        if beside and one.kind == "unknown":
            one = replace(one, kind=beside.kind)
        one = replace(one, address=address)
        before = found.get(address)
        if address and (before is None or _worse(one) > _worse(before)):
            found[address] = one
    return tuple(found.values()) or tuple(told.values())


def _worse(one: Recipient) -> int:
    return {"soft": 0, "unknown": 1, "hard": 2}[one.kind]
