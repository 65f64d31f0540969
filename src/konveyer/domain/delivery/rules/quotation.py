"""What of a text the person wrote himself: quotation of all usual kinds taken out, line by line, each looked at once."""

from __future__ import annotations

import re

from konveyer.domain.delivery.rules.letter import ORIGINAL

MOST_LINES = 5000
LONG = 400  # characters of a line that are looked at
_QUOTED = re.compile(r"\s{0,3}(?:[A-Za-zА-Яа-яЁё]{0,4}>|\|(?=\s))")
_WROTE = re.compile(
    r"\b(?:wrote|writes|написал[аи]?|написал\(а\)|пишет|писал[аи]?|пишете|schrieb|geschrieben|a écrit|écrit|escribió|ha scritto|scrisse|napisał\w*|escreveu|"
    r"schreef|skrev|пише|написав)\b",
    re.I,
)
_DATED = re.compile(
    r"\b\d{1,2}[.:]\d{2}\b|\b20\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}\s+(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)",
    re.I,
)
_MAIL = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,200}")
_FROM = re.compile(
    r"\W{0,6}(?:from|от|от кого|отправитель|von|de|da|van|od|från|від|кто)\*?\s{0,12}:\s?\*?(?=.)", re.I
)
_FIELD = re.compile(
    r"\W{0,6}(?:from|sent|date|to|cc|subject|importance|reply-to|attachments|organization|от|от кого|отправлено|дата|кому|копия|тема|важность|вложения|von|gesendet|datum|an|"
    r"betreff|de|envoyé|date|à|a|objet|cc|enviado|enviado el|fecha|para|asunto|da|inviato|data|oggetto|verzonden|aan|onderwerp|skickat|till|ämne|когда|"
    r"время|надіслано|posted at|conversation)\*?\s{0,12}:\s?\*?(?=.|$)",
    re.I,
)
_SEPARATOR = re.compile(
    r"\s{0,3}(?:[-–—_=*]{2,}\s{0,5}(?:original|исходн|пересыл|переслан|перенаправл|forwarded|ursprüngl|urspr|originalnachricht|message d'origine|message original|mensaje|"
    r"messaggio|weitergeleitet|начало|reply|ответ на|reply message|оригинал|replied message|исх)|begin forwarded message|начало (?:переадрес|пересыл|переслан)|"
    r"anfang der weitergeleiteten|début du message|[-–—_]{2,}\s*(?:end|конец|ende)\b)",
    re.I,
)
_LINE = re.compile(r"\s{0,3}[_\-=*–—]{5,}\s*$")
_THE_BAT = re.compile(
    r"\s{0,3}(?:вы писали|вы написали|you wrote|sie schrieben|вы пишете|в (?:своём|вашем|своем) письме)\b.{0,120}:?\s*$",
    re.I,
)
_PLEASE_ABOVE = re.compile(
    r"[#\s-]{0,10}(?:please (?:type|write|reply) (?:your reply )?above this line|пишите (?:ответ )?выше этой (?:строки|линии))",
    re.I,
)


def own_words(text: str) -> tuple[str, str]:
    """(what was written, what was quoted). Answers between quoted lines and below them are kept in their order."""
    lines = text.split("\n")[:MOST_LINES]
    kept: list[str] = []
    quoted: list[str] = []
    at = 0
    while at < len(lines):
        end, whole = _original(lines, at, bool("".join(kept).strip()))
        if end > at:
            quoted.extend(lines[at:end])
            at = end
            if whole:
                quoted.extend(lines[at:])
                break
            continue
        if quotes(lines[at]) or _spilt(lines, at):
            quoted.append(_QUOTED.sub("", lines[at]))
        else:
            kept.append(lines[at])
        at += 1
    return _tidy(kept), "\n".join(quoted)


def quotes(line: str) -> bool:
    """Whether the line carries a mark of quotation."""
    return bool(_QUOTED.match(line))


def _spilt(lines: list[str], at: int) -> bool:
    """The end of a quoted line that a mail program wrapped without its mark."""
    if not 0 < at < len(lines) - 1 or not lines[at].strip():
        return False
    short = len(lines[at]) < 40 and lines[at][:1].islower()
    return short and len(lines[at - 1]) > 60 and quotes(lines[at - 1]) and quotes(lines[at + 1])


def _original(lines: list[str], at: int, answered: bool) -> tuple[int, bool]:
    """(end of the lines that announce another letter, whether all below is that letter); (at, False) where none does."""
    line = lines[at]
    if line == ORIGINAL:
        return at + 1, answered
    if _PLEASE_ABOVE.search(line[:LONG]):
        return at + 1, answered
    if _SEPARATOR.match(line[:LONG]):
        end = _past_fields(lines, at + 1)
        return end, not _quoted_next(lines, end)
    if _LINE.match(line[:LONG]):
        below = _next(lines, at + 1)
        if below < len(lines) and (_is_block(lines, below) or _SEPARATOR.match(lines[below][:LONG])):
            return at + 1, False
    if _is_block(lines, at):
        end = _past_fields(lines, at)
        return end, not _quoted_next(lines, end)
    count = _attribution(lines, at)
    if count:
        return at + count, not _quoted_next(lines, at + count)
    return at, False


def _next(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _quoted_next(lines: list[str], at: int) -> bool:
    below = _next(lines, at)
    return below < len(lines) and (quotes(lines[below]) or lines[below] == ORIGINAL)


def _is_block(lines: list[str], at: int) -> bool:
    """From: … with Sent:, To:, Subject: below, in whatever language."""
    first = lines[at][:LONG]
    if quotes(first) or not _FIELD.match(first):
        return False
    fields, blank, has_from = 0, 0, False
    for line in lines[at : at + 12]:
        if not line.strip():
            blank += 1
            if blank > 1 and fields > 1:
                break
            continue
        if _FIELD.match(line[:LONG]):
            fields += 1
            has_from = has_from or bool(_FROM.match(line[:LONG]))
        elif fields and len(line) > 120:
            break
    return (has_from and fields >= 3) or (
        fields >= 2 and bool(_FROM.match(first)) and bool(_MAIL.search(first))
    )


def _past_fields(lines: list[str], at: int) -> int:
    end = at
    for index in range(at, min(at + 14, len(lines))):
        if _FIELD.match(lines[index][:LONG]) and not quotes(lines[index]):
            end = index + 1
    return end


def _attribution(lines: list[str], at: int) -> int:
    """How many lines say «on that day he wrote:»; 0 where none do."""
    if not lines[at].strip() or quotes(lines[at]):
        return 0
    if _THE_BAT.match(lines[at][:LONG]) and _DATED.search(lines[at]):
        return 1
    joined = ""
    for count in range(1, 5):
        if at + count > len(lines):
            break
        line = lines[at + count - 1].strip()
        if not line or (count > 1 and quotes(line)):
            break
        joined = f"{joined} {line}".strip()
        if len(joined) > LONG:
            break
        if _announces(joined, lines, at + count):
            return 0 if _shorter(lines, at, count) else count
    return 0


def _shorter(lines: list[str], at: int, count: int) -> bool:
    """Whether fewer lines, from below the first on, announce it as well: then those above are the answer's."""
    if _DATED.search(lines[at]):
        return False
    rest = [line.strip() for line in lines[at : at + count]]
    return any(_announces(" ".join(rest[skip:]), lines, at + count) for skip in range(1, count))


def _announces(text: str, lines: list[str], after: int) -> bool:
    ends = text.rstrip("* _\u00a0").endswith((":", "：", "..."))
    verb, mail, dated = _WROTE.search(text), _MAIL.search(text), _DATED.search(text)
    if not ends:
        return bool(verb and dated and mail and _quoted_next(lines, after))
    if verb and len(text) < 300 and (dated or mail):
        before = text[: verb.start()]
        return "?" not in text and "!" not in text and before.count(". ") < 3
    if mail and dated:
        return len(text) < 250 and bool(
            re.match(r"\W{0,3}(?:\d|on\b|am\b|le\b|el\b|il\b|[^\W\d]{2,12}[,.]?\s)", text, re.I)
        )
    return bool(verb and _quoted_next(lines, after)) and len(text) < 120


def _tidy(lines: list[str]) -> str:
    """White space off, never two empty lines in a row."""
    kept: list[str] = []
    for line in lines:
        text = line.rstrip() if line != "-- " else line
        if text.strip() or (kept and kept[-1].strip()):
            kept.append(text)
    return "\n".join(kept).strip("\n").strip()
