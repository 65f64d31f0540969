"""Signatures and what mail programs put below them, taken off the end of what a person wrote."""

from __future__ import annotations

import re

TAIL = 24  # lines from the end in which a signature is looked for

_DASHES = re.compile(r"\s?(?:--|—|–|-- |---+|___+|\*\*\*+|={3,}|-{2}\s.{0,40})\s*$")
_CLOSER = re.compile(
    r"\W{0,3}(?:(?:с|со)\s+(?:(?:всем|большим|глубоким|искренним|огромным|неизменным|наилучшим|уважением|и|наилучшими|лучшими|добрыми|тёплыми|теплыми)\s+){0,3}"
    r"(?:уважением|пожелани\w+|почтением|приветом)|с ув\.?(?=\W|$)|ув\.,|искренне ваш\w*|всего (?:доброго|хорошего|наилучшего)|"
    r"(?:(?:best|kind|warm|many|with)\s+){0,3}(?:regards|wishes)|(?:yours\s+)?(?:sincerely|faithfully|truly)(?:\s+yours)?|yours(?=,|$)|best(?=[,.]?\s*$)|rgds|brgds|br(?=,|\s*$)|cheers(?=[,.!]?\s*$)|"
    r"mit (?:freundlichen?|besten|herzlichen|lieben) gr(?:ü|ue|u)(?:ß|ss)(?:en)?|(?:viele|beste|liebe|freundliche|schöne|herzliche) gr(?:ü|ue)(?:ß|ss)e|mfg|gruß|"
    r"(?:bien\s+)?cordialement|bien à vous|salutations|sincères salutations|(?:un\s+)?(?:cordial|atentamente|saludos?|un saludo)|cordiali saluti|distinti saluti|saluti|з повагою|pozdrawiam|z poważaniem)",
    re.I,
)
_WEAK = re.compile(
    r"\W{0,3}(?:(?:заранее\s+)?(?:большое\s+)?спасибо|благодарю|спс|thanks(?: again| a lot| in advance)?|many thanks|thank you|thx|danke(?: schön)?|vielen dank|merci(?: d'avance)?|gracias|grazie|хорошего дня|удачи|ваш\w*)[\s,.!—–-]{0,4}$",
    re.I,
)
_MOBILE = re.compile(
    r"\W{0,4}(?:sent (?:from|via|using|with) (?:my |the )?\w|отправлено (?:с|из|от|через)\s|отправлено\s+(?:с\s+)?\w+\s*phone|с мобильного|написано (?:с|на)\s|von meinem .{1,40}(?:gesendet|iphone|ipad)|gesendet (?:von|mit|über|aus)\s|envoyé (?:de|depuis|avec|à partir)\s|enviado (?:desde|de)\s|"
    r"inviato (?:da|dal)\s|get outlook for|скачать outlook|получить outlook|получите outlook|outlook для|outlook für|télécharger outlook|holen sie sich outlook|sent by .{2,30} (?:mobile|app)|яндекс[. ]?почт|"
    r"отправлено из приложения|почта mail(?:\.ru)?\s*$|мобильная яндекс|yahoo mail[:\s]|mailed? (?:by|from) .{1,20}app)",
    re.I,
)
_DISCLAIMER = re.compile(
    r"\W{0,4}(?:(?:this|the information in this|the contents? of this|any|information contained in this) (?:e-?mail|message|communication|transmission|information).{0,160}(?:confidential|intended|privileged|views)|confidential(?:ity)?(?: notice|:)|disclaimer|important notice|please consider the environment|think before you print|think of the environment|"
    r"(?:это|данное|настоящее|эта|информация|содержание|содержащаяся|сообщение).{0,120}(?:конфиденциальн|предназначен|исключительно)|конфиденциально|уведомление о конфиденциальности|внимание!? это внешн|пожалуйста, подумайте.{0,30}(?:печат|окружающ)|берегите (?:природу|лес)|(?:diese|der inhalt).{0,60}(?:e-?mail|nachricht).{0,120}(?:vertraulich|bestimmt)|"
    r"ce (?:message|courriel|mail).{0,120}(?:confidentiel|destin)|registered (?:office|in england)|company number|avast|проверено на (?:отсутствие )?вирус|virus-free|без вирусов|-- ?this email was|checked by avg|amtsgericht|handelsregister|geschäftsführer:|sitz der gesellschaft|\[?(?:caution|external)\b.{0,60}(?:external|outside))",
    re.I,
)
_CONTACTS = re.compile(
    r"(?:\b(?:тел|моб|факс|tel|mob|mobile|phone|fax|cell|e-?mail|skype|telegram|т|м|доб|ext|сайт|web|www|http|dir|office)\b\.?\s?[:.]?|\+\d[\d ()-]{8,}|\b8[ (-]\d{3}|@|www\.|https?:)",
    re.I,
)
_NAME_LINE = re.compile(r"[A-ZА-ЯЁÄÖÜ][^\W\d_]*\.?(?:[ -][A-ZА-ЯЁÄÖÜ][^\W\d_]*\.?){0,3}[,.]?")
_SENTENCE = re.compile(r"[?!…]\s*$")


def without_signature(text: str, sender_name: str = "") -> str:
    """The text above the signature; the whole text where there is none, or nothing stands above."""
    lines = text.split("\n")
    cut = _disclaimer_from(lines)
    cut = _dashes_from(lines[:cut])
    lines = _without_mobile(lines[:cut])
    cut = _closer_from(lines)
    lines = lines[:cut]
    for _ in range(3):
        before = len(lines)
        lines = _without_mobile(lines)
        lines = _without_name(lines, sender_name)
        if len(lines) == before:
            break
    return "\n".join(lines).strip()


def _dashes_from(lines: list[str]) -> int:
    for at, line in enumerate(lines):
        if line in ("-- ", "--") and any(one.strip() for one in lines[:at]):
            return at
        left = sum(bool(one.strip()) for one in lines[at + 1 :])
        if at and left <= 12 and left and _DASHES.match(line) and any(one.strip() for one in lines[:at]):
            if all(len(one) < 90 for one in lines[at + 1 :]) and not any(
                _SENTENCE.search(one) for one in lines[at + 1 :]
            ):
                return at
        elif not at and line in ("-- ", "--"):
            return 0
    return len(lines)


def _disclaimer_from(lines: list[str]) -> int:
    for at in range(1, len(lines)):
        if _DISCLAIMER.match(lines[at][:300]) and any(one.strip() for one in lines[:at]):
            above = lines[at - 1].strip()
            if not above or set(above) <= set("-_*=—– ") or at > len(lines) - 6:
                return at
    return len(lines)


def _without_mobile(lines: list[str]) -> list[str]:
    """A mobile's line at the end; a name that stands below it goes with it."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    for at in filled[-5:]:
        if _MOBILE.match(lines[at][:200]) and len(lines[at]) < 120 and at:
            below = [line for line in lines[at + 1 :] if line.strip()]
            if all(len(line) < 80 and not _SENTENCE.search(line) for line in below):
                return _stripped(lines[:at])
    return _stripped(lines)


def _closer_from(lines: list[str]) -> int:
    """Where «with kind regards» begins; what follows must look like names and contacts."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    for place, at in enumerate(filled):
        if place < len(filled) - TAIL or not _CLOSER.match(lines[at][:200]):
            continue
        closer = _CLOSER.match(lines[at][:200])
        rest = lines[at][closer.end() :] if closer else ""
        below = [lines[one] for one in filled[place + 1 :]]
        if (
            len(rest) < 110
            and all(_belongs(line) for line in below)
            and (place or below or rest.strip(" ,.!"))
        ):
            return at if place else len(lines)
    return len(lines)


def _belongs(line: str) -> bool:
    return (len(line) < 110 and not line.rstrip().endswith("?")) or bool(_CONTACTS.search(line))


def _without_name(lines: list[str], sender_name: str) -> list[str]:
    """A tail that begins with the sender's name, or consists of a name alone under «thanks,»."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    if len(filled) < 2:
        return lines
    known = {word.strip(".,").lower() for word in re.findall(r"[^\W\d_]{2,}", sender_name)}
    for at in filled[-8:]:
        if at == filled[0]:
            continue
        words = {word.lower() for word in re.findall(r"[^\W\d_]{2,}", lines[at])}
        if words and words <= known and len(lines[at]) < 60:
            below = [line for line in lines[at + 1 :] if line.strip()]
            if all(_belongs(line) for line in below):
                return _thanked(_stripped(lines[:at]))
    last = lines[filled[-1]].strip()
    above = lines[filled[-2]].strip()
    alone = _NAME_LINE.fullmatch(last) and len(last) < 40 and not last.endswith(".")
    if (
        alone
        and (
            _WEAK.match(above) or (not lines[filled[-1] - 1].strip() and above.endswith((".", "!", ",", "?")))
        )
        and len(last.split()) <= 3
    ):
        return _stripped(lines[: filled[-1]])
    return lines


def _thanked(lines: list[str]) -> list[str]:
    return lines


def _stripped(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end]
