"""What a column of a list can mean.

A field has a code ("contact.phone"), and header words by which a column is recognised. The headers of files
are compared by `plain`: lower case, ё as е, signs and spaces as one space. `fact.ANYTHING` is a fact of the
lead: its kind is the word after the dot. The workspace's own fields stand in `targets`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

_SIGNS = re.compile(r"[\W_]+")


def plain(header: str) -> str:
    """A header as headers are compared: «E-mail (раб.)» → «e mail раб»."""
    return _SIGNS.sub(" ", header.casefold().replace("ё", "е")).strip()


@dataclass(frozen=True)
class Field:
    """`kind` says how a cell is read; `several`: more than one column may go here; `limit`: longest text."""

    code: str
    kind: str
    label: Any
    headers: tuple[str, ...] = ()
    limit: int = 0
    several: bool = False


def _words(text: str) -> tuple[str, ...]:
    return tuple(plain(word) for word in text.split("|"))


FIELDS: tuple[Field, ...] = (
    Field("company.name", "text", _("Company, name"), _words(
        "company|company name|organisation|organization|organization name|account|account name|firm|client|employer|"
        "компания|название компании|наименование|наименование компании|организация|наименование организации|фирма|клиент|"
        "контрагент|наименование контрагента|юрлицо|место работы|работодатель"), 300),
    Field("company.legal_name", "text", _("Company, legal name"), _words(
        "legal name|full company name|юридическое название|полное наименование|юр название"), 300),
    Field("company.tax_number", "tax", _("Tax number, checked"), _words(
        "tax number|tax id|vat|vat number|vat id|inn|ogrn|инн|инн компании|огрн|инн кпп|налоговый номер"), 20),
    Field("company.domain", "domain", _("Company, website"), _words(
        "domain|website|web site|site|url|company url|homepage|сайт|веб сайт|сайт компании|домен"), 253),
    Field("company.city", "text", _("Company, city"), _words(
        "company city|город компании|город организации|юридический город"), 120),
    Field("company.industry", "text", _("Company, industry"), _words(
        "industry|branch|segment|отрасль|сфера деятельности|вид деятельности|направление|сегмент"), 120),
    Field("company.phone", "phone", _("Company, phone"), _words(
        "company phone|office phone|switchboard|телефон компании|телефон организации|телефон офиса"), 60, True),
    Field("company.email", "email", _("Company, e-mail"), _words(
        "company email|company e mail|office email|почта компании|email компании|e mail компании"), 254, True),
    Field("company.external_key", "key", _("Company, code in the other system"), _words(
        "company id|company code|account id|код компании|id компании|код контрагента|код 1с"), 120),
    Field("company.tags", "tags", _("Company, tags"), _words(
        "company tags|company labels|organization tags|organization labels|теги компании|метки компании|ярлыки компании|теги организации"
        ), 2000, True),
    Field("company.id", "record", _("Company, number in Konveyer"), _words("konveyer company")),
    Field("contact.name", "person", _("Full name"), _words(
        "name|full name|contact|contact name|contact person|person|фио|ф и о|имя и фамилия|фамилия и имя|полное имя|контакт|"
        "контактное лицо|человек|имя клиента|представитель|фамилия имя отчество|имя фамилия"), 360),
    Field("contact.last_name", "text", _("Last name"), _words("last name|surname|family name|фамилия"), 120),
    Field("contact.first_name", "text", _("First name"), _words("first name|given name|имя"), 120),
    Field("contact.patronymic", "text", _("Patronymic"), _words("patronymic|middle name|отчество"), 120),
    Field("contact.title", "text", _("Job title"), _words(
        "title|job title|position|role|должность|позиция|роль"), 200),
    Field("contact.phone", "phone", _("Phone, in international form"), _words(
        "phone|phone number|telephone|tel|mobile|mobile phone|cell|work phone|contact phone|phones|телефон|тел|номер телефона|"
        "мобильный|мобильный телефон|сотовый|рабочий телефон|моб телефон|контактный телефон|телефоны|раб тел|моб тел|моб"),
        60, True),
    Field("contact.email", "email", _("E-mail, checked"), _words(
        "email|e mail|mail|email address|e mail address|work email|contact email|emails|почта|эл почта|электронная почта|емейл|"
        "имейл|адрес электронной почты|рабочий email|рабочая почта|e mail рабочий|email рабочий|личный email"), 254, True),
    Field("contact.telegram", "handle", _("Telegram"), _words("telegram|телеграм|телеграмм|тг|tg"), 60),
    Field("contact.city", "text", _("Contact, city"), _words("city|town|contact city|город|населенный пункт"), 120),
    Field("contact.external_key", "key", _("Contact, code in the other system"), _words(
        "contact id|contact code|person id|код контакта|id контакта"), 120),
    Field("contact.tags", "tags", _("Person, tags"), _words(
        "contact tags|contact labels|person tags|person labels|теги контакта|метки контакта|ярлыки контакта"), 2000, True),
    Field("contact.id", "record", _("Contact, number in Konveyer"), _words("konveyer person")),
    Field("lead.external_key", "key", _("Lead, code in the other system"), _words(
        "lead id|lead code|id|deal id|inquiry id|код лида|id лида|номер заявки|код заявки|id сделки|номер сделки|внешний код|"
        "mql id|код|номер"), 120),
    Field("lead.title", "text", _("Lead, title"), _words(
        "lead|lead name|deal|deal name|subject|topic|лид|название лида|сделка|название сделки|тема|заявка|суть"), 200),
    Field("lead.arrived", "moment", _("Lead date: first contact"), _words(
        "date|lead date|created|created at|created on|creation date|date created|first contact|first contact date|inquiry date|"
        "дата|дата лида|дата создания|создан|дата заявки|дата обращения|первый контакт|дата первого контакта")),
    Field("lead.origin", "text", _("Source"), _words(
        "origin|source|lead source|channel|utm source|источник|источник лида|канал|откуда|откуда узнали|рекламный канал"), 120),
    Field("lead.page", "text", _("Entry page"), _words(
        "page|landing page|landing page id|landing|entry page|referrer page|страница|страница входа|лендинг|посадочная страница"
        ), 300),
    Field("lead.amount", "amount", _("Expected amount"), _words(
        "expected amount|budget|opportunity|ожидаемая сумма|бюджет|сумма лида")),
    Field("lead.responsible", "text", _("Responsible, kept as a fact"), _words(
        "responsible|manager|owner|assigned to|lead owner|ответственный|менеджер|ведет|куратор|ответственный менеджер"), 120),
    Field("lead.tags", "tags", _("Lead, tags"), _words(
        "lead tags|lead labels|deal tags|deal labels|теги лида|теги сделки|метки лида|метки сделки|ярлыки сделки"), 2000, True),
    Field("lead.note", "note", _("Note"), _words(
        "note|notes|comment|comments|remark|description|message|комментарий|комментарии|примечание|примечания|заметка|заметки|"
        "описание|сообщение|коммент"), 20_000, True),
    Field("lead.telemarketer", "member", _("Telemarketer"), _words(
        "telemarketer|sdr|sdr id|телемаркетолог|квалифицировал|кто квалифицировал|лидогенератор"), 120),
    Field("lead.closer", "member", _("Closer"), _words(
        "closer|sr|sr id|sales rep|seller|клоузер|закрыл|кто закрыл|продавец|менеджер по продажам"), 120),
    Field("lead.id", "record", _("Lead, number in Konveyer"), _words("konveyer lead")),
    Field("deal.won", "moment", _("Won: date of the deal"), _words(
        "won|won date|won at|won on|close date|closed|closed date|deal date|order date|дата сделки|дата выигрыша|дата продажи|"
        "дата закрытия|дата оплаты|дата договора|дата заказа|выиграна")),
    Field("deal.amount", "amount", _("Amount of the deal"), _words(
        "amount|sum|deal amount|total|price|revenue|сумма|сумма сделки|сумма заказа|стоимость|итого|выручка")),
    Field("deal.external_key", "key", _("Deal, code in the other system"), _words(
        "deal code|order id|order number|contract number|номер заказа|номер договора|код сделки"), 120),
)  # fmt: skip
BY_CODE = {field.code: field for field in FIELDS}
# Tags of whatever the rows of the list are.
TAGS = frozenset(_words("tag|tags|label|labels|тег|теги|тэги|метка|метки|ярлык|ярлыки"))
FACT = "fact."
SKIP = "skip"  # the column is left out on purpose
# What some lists call these columns; never taken over: a consent needs its text, date and source.
CONSENT_HEADERS = frozenset(_words(
    "consent|opt in|newsletter consent|gdpr|согласие|согласен|согласие на обработку|согласие на рассылку|подписка|рассылка"
))  # fmt: skip


def field_of(code: str) -> Field | None:
    """The field of a code; facts are made up as they are named. None for an unknown code."""
    if code.startswith(FACT) and code != FACT:
        kind = code.removeprefix(FACT)
        return Field(code, "fact", kind.replace("_", " "), (plain(kind),), 500) if len(kind) <= 60 else None
    return BY_CODE.get(code)


_BY_HEADER = {header: field for field in reversed(FIELDS) for header in field.headers}


def field_by_header(header: str, main: str = "lead") -> Field | None:
    """The field that a header names, the words of both languages; "Phone (2)" is a second phone. Tags without a record's
    name are those of the list's main record."""
    words = plain(header)
    found = _named(words, main)
    if found is None and (numbered := re.fullmatch(r"(.+?) ?\d{1,2}", words)):
        candidate = _named(numbered[1], main)
        found = candidate if candidate and candidate.several else None
    return found


def _named(words: str, main: str) -> Field | None:
    if words in TAGS:
        return BY_CODE["contact.tags" if main == "contact" else "lead.tags"]
    return _BY_HEADER.get(words)
