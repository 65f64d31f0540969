"""Who did not get a message, read from the words of a notice that has no blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from konveyer.domain.delivery.rules.letter import ORIGINAL, Known, Letter, Recipient, header
from konveyer.domain.delivery.rules.phrases import plain, says
from konveyer.domain.delivery.rules.reasons import from_words, judged, reply_class, status_in

NOTICE = 20_000  # characters in which the notice of a report stands
MOST = 100

_BELOW = re.compile(
    r"^[ \t>|*]*(?:-{2,}[^\n]{0,60}(?:original|returned|copy|undelivered|headers?|исходн|копия|оригинал|текст|message|сообщени|nachricht|письм)[^\n]{0,100}|"
    r"(?:original message (?:headers|follows)|message headers follow|below this line is|the (?:first|following) .{0,40}lines of|исходные заголовки|исходное сообщение|заголовки (?:исходного|письма)|текст (?:исходного )?письма|"
    r"received:\s*(?:from|by)|return-path:|dkim-signature:|mime-version:|message-id:|copy of your message|a copy of the message|ниже (?:приведен|следует|находится)|original-nachricht)[^\n]{0,200})$",
    re.I | re.M,
)
_ADDRESS = re.compile(r"(?<![\w.+=@-])([\w.+=&'#/-]{1,64}@(?:[\w-]{1,63}\.){0,8}[\w-]{2,63})(?![\w@-])")
_SERVERS = re.compile(
    r"^(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon|abuse|noreply|no-reply|double-bounce)@", re.I
)
_NOT_HIM = re.compile(
    r"(?<!\w)(?:message-id|references|in-reply-to|queue[- ]id|from|sender|return-path|reply-to|contact|assistance|help|help|question|support|write to|mail to|reporting-mta|id|admin\w*|отправител\w*|поддержк\w+|обратит\w+|администратор\w*|свяжитесь|вопрос\w*|от|пишите|support|absender)\W{0,4}(?:to |в |к |по адресу |at )?\W{0,3}$",
    re.I,
)
_HELP = re.compile(
    r"\b(?:напишите|пишите|обратит\w+|обращайт\w+|сообщите|свяж\w+|contact|write|please e-?mail|call|wenden sie sich|schreiben sie|contactez|écrivez|escriba|contatt\w+)\b[^.\n<]{0,40}$",
    re.I,
)
_HEADER_LINE = re.compile(
    r"^(?:from|date|subject|reply-to|sender|message-id|return-path|x-[\w-]+|от|дата|тема)\s*:", re.I
)


def notice_of(text: str) -> str:
    """The notice without the letter that comes back with it."""
    head = text[:NOTICE].split(ORIGINAL)[0] or text[:NOTICE]
    for found in _BELOW.finditer(head):
        if head[: found.start()].strip() and len(head[: found.start()].split()) > 12:
            return head[: found.start()]
    return head


def failures(letter: Letter, known: Known) -> tuple[Recipient, ...]:
    """Recipients in the order in which they are spoken of, each with the words beside him."""
    listed = [one for value in letter.every("x-failed-recipients") for one in _ADDRESS.findall(value)]
    text = notice_of(letter.text)
    spots = _spots(text, letter, known)
    if listed:
        wanted = {one.lower() for one in listed}
        spots = [spot for spot in spots if spot[0] in wanted] or [(one.lower(), 0) for one in listed]
        have = {address for address, _ in spots}
        spots += [(one.lower(), 0) for one in listed if one.lower() not in have]
    if not spots:
        spots = [(one, 0) for one in _of_original(letter, known)]
    told = list(_told(text, letter, spots))
    spoken = [one for one in told if one.status or one.reason != "other" or one.kind != "unknown"]
    listed_alone = {address for address, at in spots if _alone(text, at)}
    return tuple(one for one in told if one in spoken or not spoken or one.address in listed_alone)


def _spots(text: str, letter: Letter, known: Known) -> list[tuple[str, int]]:
    """(address, place) of every address that may be the one that failed, where it is named first."""
    found: dict[str, int] = {}
    for match in _ADDRESS.finditer(text):
        address = match[1].strip(".'/").lower().removeprefix("smtp=").removeprefix("rfc822=")
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        ours = known.ours(address) or address == letter.sender
        if ours or _SERVERS.match(address) or address in found or _HEADER_LINE.match(line.lstrip(" >")):
            continue
        if _HELP.search(line[-80:]):
            continue
        if _NOT_HIM.search(line[-60:]) and not re.search(
            r"(?:recipient|кому|получател|^\s*to)\W*$", line, re.I
        ):
            continue
        found[address] = match.start()
    original = set(_of_original(letter, known))
    if original & set(found):
        return [(address, at) for address, at in found.items() if address in original or _alone(text, at)]
    own = set(letter.to)
    kept = [(address, at) for address, at in found.items() if address not in own]
    return (kept or list(found.items()))[:MOST]


def _alone(text: str, at: int) -> bool:
    """An address that begins its line, as in a list of those who failed."""
    start = text.rfind("\n", 0, at) + 1
    return not text[start:at].strip(" <\t*-•\"'>|")


def _of_original(letter: Letter, known: Known) -> list[str]:
    """Whom the returned letter was addressed to."""
    found: list[str] = []
    for one in letter.attached[:1]:
        found += [header(one.headers, "x-failed-recipients")] if one.get("x-failed-recipients") else []
        found += [address for address in one.to if not known.ours(address)]
    if not found:
        below = letter.text[len(notice_of(letter.text)) : NOTICE * 2]
        line = re.search(
            r"^[ >]*(?:to|кому|an|à|para)\s*:\s*([^\n]{1,300}(?:\n[ \t][^\n]{1,300}){0,3})",
            below,
            re.I | re.M,
        )
        found = [one.lower() for one in _ADDRESS.findall(line[1])] if line else []
    return [one for one in dict.fromkeys(found) if not known.ours(one)][:MOST]


def _told(text: str, letter: Letter, spots: list[tuple[str, int]]) -> Iterable[Recipient]:
    ordered = sorted(spots, key=lambda spot: spot[1])
    opening = text[: ordered[0][1]] if ordered else ""
    whole = f"{letter.subject}\n{text}"
    later = is_delay(letter)
    for index, (address, at) in enumerate(ordered):
        end = ordered[index + 1][1] if index + 1 < len(ordered) else len(text)
        beside = text[at:end] if len(ordered) > 1 else whole
        if len(ordered) > 1 and not (status_in(beside) or from_words(beside) or reply_class(beside)):
            beside = text[at:] if _run(text, ordered, index) else opening
        status = status_in(beside.replace(address, ""))
        reason, kind = judged(status, beside, delayed=later)
        yield Recipient(address, status, kind, reason)


def _run(text: str, ordered: list[tuple[str, int]], index: int) -> bool:
    """Addresses listed one below the other, with the reason under the last of them."""
    return all(
        len(text[a[1] : b[1]]) < 120 for a, b in zip(ordered[index:], ordered[index + 1 :], strict=False)
    )


def is_delay(letter: Letter) -> bool:
    """Whether the notice speaks of a message that is still tried."""
    said = plain(notice_of(letter.text))
    subject = plain(letter.subject)
    delayed = says("notice_delay", said) or says("notice_delay", subject)
    return delayed and not says("notice_final", said) and not says("notice_final", subject)
