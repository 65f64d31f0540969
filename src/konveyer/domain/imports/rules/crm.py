"""Exports of the usual CRMs, as data: which header goes to which field, and by which headers the export is known.

No vendor publishes a list of the headers of its exports; they bear the names that the fields have on the vendor's screens,
in the language of whoever took them out, with the firm's own fields in between. The names are taken from the vendors'
own pages, named beside each set. So a set holds both languages and the variants that occur; order and further columns do
not matter; whatever is in no set is read by its name as in any list. Fields of ours that an export cannot say (won: an
export gives the closing day of lost deals too) stay open, and the stage is kept as a fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Export:
    """`signs`: headers that others do not have; from `least` of them on it is this export. `main`: what its rows are."""

    code: str
    main: str
    title: Any
    columns: Mapping[str, str]
    signs: tuple[str, ...]
    least: int = 2


def _columns(text: str) -> dict[str, str]:
    """Lines "field: header | header"; an empty field leaves the column out."""
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        code, _colon, headers = line.partition(": ")
        for header in headers.split("|"):
            found[header.strip()] = code
    return found


def _signs(text: str) -> tuple[str, ...]:
    return tuple(header.strip() for header in text.split("|"))


# amoCRM, Kommo. Names: amocrm.zendesk.com/hc/en-us/articles/207064336-Import-Settings, kommo.com/support/kb/import-advanced
_AMO_REACH = """
contact.phone: Рабочий телефон | Рабочий прямой телефон | Мобильный телефон | Домашний телефон | Другой телефон | Рабочий телефон (контакт) | Мобильный телефон (контакт) | Телефон (контакт) | Телефон контакта | Work phone | Work direct phone | Mobile phone | Home phone | Other phone | Work phone (contact) | Contact phone
contact.email: Рабочий email | Личный email | Другой email | Рабочий email (контакт) | Email (контакт) | Email контакта | Work email | Personal email | Private email | Other email | Work email (contact) | Contact email
contact.title: Должность | Должность (контакт) | Position | Position (contact)
company.phone: Рабочий телефон (компания) | Телефон (компания) | Телефон компании | Work phone (company) | Company phone
company.email: Рабочий email (компания) | Email (компания) | Email компании | Work email (company) | Company email
company.domain: Web | Web (компания) | Web (company) | Сайт | Website
lead.note: Примечание | Примечание 2 | Примечание 3 | Примечание 4 | Примечание 5 | Note | Note 1 | Note 2 | Note 3 | Note 4 | Note 5
"""
AMO_DEALS = _columns(
    """
lead.external_key: ID | ID сделки | Lead ID
lead.title: Название сделки | Lead title | Lead name | Deal name
company.name: Компания | Компания контакта | Название компании | Компания сделки | Company | Contact's company | Company name | Lead company
contact.name: Основной контакт | Контакт | Полное имя контакта | Полное имя (контакт) | Имя контакта | Main contact | Contact | Contact name | Contact full name | Full name (contact)
lead.responsible: Ответственный | Ответственный пользователь | Responsible user | Responsible
lead.amount: Бюджет | Бюджет сделки | Sale | Budget | Lead value
lead.arrived: Дата создания | Дата создания сделки | Creation date | Created at | Lead creation date | Date Create
lead.origin: Источник | Источник сделки | Источник трафика | utm_source | Source | Lead source
fact.stage: Этап сделки | Статус сделки | Lead stage | Lead status | Stage
fact.pipeline: Воронка | Pipeline
lead.tags: Теги | Теги сделки | Lead tags | Tags
contact.tags: Теги контакта | Теги (контакт) | Contact tags
company.tags: Теги компании | Теги (компания) | Company tags
fact.loss_reason: Причина отказа | Loss reason | Reason for loss
"""
    + _AMO_REACH
)
AMO_CONTACTS = _columns(
    """
contact.external_key: ID | ID контакта | Contact ID
contact.name: Наименование | Полное имя | Имя контакта | Full name | Contact name | Name
contact.first_name: Имя | First name
contact.last_name: Фамилия | Last name
contact.tags: Теги | Теги контакта | Tags | Contact tags
company.tags: Теги компании | Company tags
company.name: Компания | Название компании | Company | Company name
"""
    + _AMO_REACH
)
# Bitrix24. Names: helpdesk.bitrix24.ru/open/18478840 (system fields of the CRM), helpdesk.bitrix24.ru/open/16398726
_BITRIX_REACH = """
contact.last_name: Фамилия | Last name
contact.first_name: Имя | First name | Name
contact.patronymic: Отчество | Second name | Middle name
contact.title: Должность | Position | Job title
contact.phone: Рабочий телефон | Мобильный телефон | Домашний телефон | Другой телефон | Номер факса | Телефон для рассылок | Телефон | Work phone | Mobile | Mobile phone | Home phone | Other phone | Phone for newsletters | Phone
contact.email: Рабочий e-mail | Частный e-mail | Другой e-mail | E-mail для рассылок | Рабочий email | Частный email | E-mail | Work e-mail | Home e-mail | Other e-mail | Newsletters email | Email
contact.telegram: Контакт Telegram | Telegram | Telegram account
contact.city: Населенный пункт | Город | City | Address (City)
company.domain: Корпоративный сайт | Сайт компании | Corporate website | Company website
lead.note: Комментарий | Comment | Comments | Дополнительно об источнике | Source information | Дополнительно о стадии | Status information
"""
BITRIX_LEADS = _columns(
    """
lead.external_key: ID
lead.title: Название лида | Lead name | Lead title
fact.stage: Стадия | Статус | Stage | Status
lead.origin: Источник | Source
company.name: Название компании | Компания | Company name | Company
lead.amount: Сумма | Возможная сумма | Total | Amount | Opportunity
lead.responsible: Ответственный | Responsible person | Assigned to
lead.arrived: Дата создания | Когда создан | Created on | Created
"""
    + _BITRIX_REACH
)
BITRIX_DEALS = _columns(
    """
lead.external_key: ID
lead.title: Название сделки | Название | Deal name | Deal title | Name
fact.stage: Стадия сделки | Стадия | Deal stage | Stage
fact.pipeline: Воронка | Направление | Pipeline
lead.origin: Источник | Source
company.name: Компания | Компания: Название компании | Название компании | Company | Company: Company Name | Company name
contact.name: Контакт | Контакт: Имя | Contact | Contact: Name
contact.last_name: Контакт: Фамилия | Contact: Last name
contact.patronymic: Контакт: Отчество | Contact: Second name
contact.phone: Контакт: Рабочий телефон | Контакт: Мобильный телефон | Контакт: Телефон | Contact: Work Phone | Contact: Mobile | Contact: Phone
contact.email: Контакт: Рабочий e-mail | Контакт: E-mail | Contact: Work E-mail | Contact: E-mail
company.phone: Компания: Рабочий телефон | Компания: Телефон | Company: Work Phone
company.email: Компания: Рабочий e-mail | Company: Work E-mail
lead.amount: Сумма | Total | Amount | Opportunity
lead.responsible: Ответственный | Responsible person | Responsible
lead.arrived: Дата создания | Дата начала | Когда создана | Created on | Start date | Created
lead.note: Комментарий | Comment | Comments
"""
)
BITRIX_CONTACTS = _columns(
    """
contact.external_key: ID
company.name: Компания | Название компании | Company | Company name
"""
    + _BITRIX_REACH
)
BITRIX_COMPANIES = _columns(
    """
company.external_key: ID
company.name: Название компании | Company name
company.industry: Сфера деятельности | Industry
company.phone: Рабочий телефон | Мобильный телефон | Другой телефон | Телефон | Work phone | Mobile | Other phone | Phone
company.email: Рабочий e-mail | Частный e-mail | Другой e-mail | E-mail | Work e-mail | Other e-mail | Email
company.domain: Корпоративный сайт | Сайт | Corporate website | Website
company.city: Населенный пункт | Город | City
company.tax_number: ИНН | Реквизит: ИНН | Tax ID
company.legal_name: Полное название организации | Реквизит: Полное наименование организации | Full company name
lead.note: Комментарий | Comment
"""
)
# HubSpot. Names: developers.hubspot.com/docs/api-reference/crm-exports-v3/guide, and the default properties of contacts, companies, deals
HUBSPOT_CONTACTS = _columns(
    """
contact.external_key: Record ID | Contact ID | Record ID - Contact | ID записи
contact.first_name: First Name | Имя
contact.last_name: Last Name | Фамилия
contact.email: Email | Work email | Additional email addresses | Электронная почта
contact.phone: Phone Number | Mobile Phone Number | WhatsApp Phone Number | Phone | Номер телефона | Номер мобильного телефона
contact.title: Job Title | Должность
contact.city: City | Город
company.name: Company Name | Associated Company | Primary Associated Company | Company | Название компании | Связанная компания
company.domain: Website URL | Company Domain Name | URL-адрес сайта
company.industry: Industry | Отрасль
lead.note: Message | Notes
"""
)
HUBSPOT_COMPANIES = _columns(
    """
company.external_key: Record ID | Company ID | ID записи
company.name: Company name | Название компании
company.domain: Company Domain Name | Website URL | Доменное имя компании
company.phone: Phone Number | Номер телефона
company.city: City | Город
company.industry: Industry | Отрасль
lead.note: Description | About Us
"""
)
HUBSPOT_DEALS = _columns(
    """
lead.external_key: Record ID | Deal ID | ID записи
lead.title: Deal Name | Название сделки
fact.stage: Deal Stage | Этап сделки
fact.pipeline: Pipeline | Воронка
lead.amount: Amount | Amount in company currency | Сумма
lead.responsible: Deal owner | HubSpot Owner | Ответственный за сделку
lead.arrived: Create Date | Дата создания
lead.origin: Original Source Type | Original Traffic Source | Deal source | Исходный источник
contact.name: Associated Contact | Primary Associated Contact | Связанный контакт
company.name: Associated Company | Primary Associated Company | Связанная компания
lead.note: Deal Description | Описание сделки
lead.tags: Deal Tags | Tags | Теги | Теги сделки
fact.loss_reason: Closed Lost Reason
"""
)
# Pipedrive. Every header bears its table in front ("Person - Name"). Names: the vendor's import mapping (getcapt.com/blog/pipedrive-import-csv shows it)
PIPEDRIVE_DEALS = _columns(
    """
lead.external_key: Deal - ID | Сделка - ID
lead.title: Deal - Title | Сделка - Название
lead.amount: Deal - Value | Сделка - Сумма | Сделка - Ценность
lead.responsible: Deal - Owner | Сделка - Владелец | Сделка - Ответственный
company.name: Deal - Organization | Organization - Name | Сделка - Организация | Организация - Название
contact.name: Deal - Contact person | Person - Name | Сделка - Контактное лицо | Контактное лицо - Имя | Контакт - Имя
contact.email: Person - Email | Person - Email - Work | Person - Email - Home | Person - Email - Other | Контактное лицо - Эл. почта
contact.phone: Person - Phone | Person - Phone - Work | Person - Phone - Home | Person - Phone - Mobile | Person - Phone - Other | Контактное лицо - Телефон
fact.stage: Deal - Stage | Сделка - Этап
fact.pipeline: Deal - Pipeline | Сделка - Воронка
fact.status: Deal - Status | Сделка - Статус
fact.loss_reason: Deal - Lost reason | Сделка - Причина проигрыша
lead.arrived: Deal - Deal created | Deal - Deal created on | Deal - Add time | Сделка - Сделка создана | Сделка - Дата создания
lead.tags: Deal - Label | Deal - Labels | Сделка - Метка | Сделка - Метки
contact.tags: Person - Label | Person - Labels | Контактное лицо - Метка | Контактное лицо - Метки
company.tags: Organization - Label | Organization - Labels | Организация - Метка | Организация - Метки
lead.origin: Deal - Source channel | Deal - Source origin | Deal - Channel | Сделка - Канал
"""
)
PIPEDRIVE_PEOPLE = _columns(
    """
contact.external_key: Person - ID | Контактное лицо - ID
contact.name: Person - Name | Контактное лицо - Имя | Контакт - Имя
contact.first_name: Person - First name
contact.last_name: Person - Last name
contact.email: Person - Email | Person - Email - Work | Person - Email - Home | Person - Email - Other | Контактное лицо - Эл. почта
contact.phone: Person - Phone | Person - Phone - Work | Person - Phone - Home | Person - Phone - Mobile | Person - Phone - Other | Контактное лицо - Телефон
contact.title: Person - Job title | Контактное лицо - Должность
company.name: Person - Organization | Organization - Name | Контактное лицо - Организация | Организация - Название
company.external_key: Organization - ID
contact.tags: Person - Label | Person - Labels | Контактное лицо - Метка | Контактное лицо - Метки
company.tags: Organization - Label | Organization - Labels | Организация - Метка | Организация - Метки
lead.note: Person - Notes | Person - Note
"""
)
# 1C, list of counterparties. Names: the fields of the counterparty's card (Наименование, Полное наименование, ИНН, КПП, ОГРН, addresses, phone)
ONE_C = _columns(
    """
company.external_key: Код | Код контрагента | Ссылка.Код | Code
company.name: Наименование | Наименование в программе | Рабочее наименование | Контрагент | Наименование контрагента | Description
company.legal_name: Полное наименование | Юридическое наименование | Сокращенное юр. наименование | Наименование полное | Full name | Full description
company.tax_number: ИНН | ИНН/КПП | ИНН / КПП | TIN | Tax ID
company.phone: Телефон | Телефон организации | Телефон контрагента | Телефоны | Phone
company.email: Электронная почта | Адрес электронной почты | E-mail | Email | Адрес эл. почты
company.domain: Сайт | Веб-страница | Website
company.city: Город | City
contact.name: Контактное лицо | Основное контактное лицо | ФИО контактного лица | Contact person
contact.phone: Телефон контактного лица | Контактное лицо, телефон
contact.email: E-mail контактного лица | Почта контактного лица
contact.title: Должность контактного лица
lead.note: Комментарий | Дополнительная информация | Примечание | Comment
"""
)
EXPORTS: tuple[Export, ...] = (
    Export("amocrm-deals", "lead", _("amoCRM: deals"), AMO_DEALS, _signs(
        "Название сделки|Основной контакт|Компания контакта|Этап сделки|Бюджет|Ближайшая задача|Кем создана|Lead title|Main contact|Contact's company|Lead stage|Lead tags|Responsible user"), 3),
    Export("amocrm-contacts", "contact", _("amoCRM: contacts"), AMO_CONTACTS, _signs(
        "Рабочий прямой телефон|Рабочий email|Личный email|Другой email|Кем создан|Work direct phone|Personal email|Work email|Responsible user|Сделки|Leads"), 3),
    Export("bitrix24-leads", "lead", _("Bitrix24: leads"), BITRIX_LEADS, _signs(
        "Название лида|Рабочий e-mail|Дополнительно об источнике|Дополнительно о стадии|Доступен для всех|Lead name|Work e-mail|Source information|Status information|Available to everyone|Responsible person"), 3),
    Export("bitrix24-deals", "lead", _("Bitrix24: deals"), BITRIX_DEALS, _signs(
        "Стадия сделки|Повторная сделка|Вероятность|Доступна для всех|Контакт: Имя|Контакт: Рабочий телефон|Компания: Название компании|Предполагаемая дата закрытия|Deal stage|Repeat deal|Probability|Available to everyone|Contact: Name|Responsible person"), 2),
    Export("bitrix24-contacts", "contact", _("Bitrix24: contacts"), BITRIX_CONTACTS, _signs(
        "Обращение|Тип контакта|Рабочий e-mail|Частный e-mail|Участвует в экспорте контактов|Доступен для всех|Salutation|Contact type|Work e-mail|Home e-mail|Included in export"), 3),
    Export("bitrix24-companies", "contact", _("Bitrix24: companies"), BITRIX_COMPANIES, _signs(
        "Тип компании|Сфера деятельности|Кол-во сотрудников|Годовой оборот|Рабочий e-mail|Company type|Employees|Annual income|Annual revenue|Work e-mail"), 3),
    Export("hubspot-deals", "lead", _("HubSpot: deals"), HUBSPOT_DEALS, _signs(
        "Deal Name|Deal Stage|Deal owner|Close Date|Associated Company|Associated Contact|Record ID"), 3),
    Export("hubspot-contacts", "contact", _("HubSpot: contacts"), HUBSPOT_CONTACTS, _signs(
        "Record ID|Lifecycle Stage|Lead Status|Contact owner|Associated Company|Marketing contact status|Last Activity Date|Create Date"), 3),
    Export("hubspot-companies", "contact", _("HubSpot: companies"), HUBSPOT_COMPANIES, _signs(
        "Record ID|Company owner|Company Domain Name|Last Activity Date|Create Date|Country/Region"), 3),
    Export("pipedrive-deals", "lead", _("Pipedrive: deals"), PIPEDRIVE_DEALS, _signs(
        "Deal - Title|Deal - ID|Deal - Value|Deal - Stage|Deal - Owner|Deal - Organization|Deal - Contact person|Сделка - Название|Сделка - ID|Сделка - Этап"), 2),
    Export("pipedrive-people", "contact", _("Pipedrive: people"), PIPEDRIVE_PEOPLE, _signs(
        "Person - Name|Person - ID|Person - Email|Person - Email - Work|Person - Phone|Person - Phone - Work|Person - Organization|Контактное лицо - Имя|Контактное лицо - Телефон"), 2),
    Export("1c-counterparties", "contact", _("1C: counterparties"), ONE_C, _signs(
        "КПП|ИНН/КПП|Полное наименование|Вид контрагента|Юр. / физ. лицо|Юр./физ. лицо|Юридический адрес|Фактический адрес|Основной договор|Код по ОКПО|ОГРН|KPP"), 2),
)  # fmt: skip
