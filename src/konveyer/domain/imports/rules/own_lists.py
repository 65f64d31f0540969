"""Lists that were taken out of Konveyer itself and come back, edited in a spreadsheet.

Such a list bears the numbers of its records in a column of its own, so each row means the record that it came from, however
names were changed. What a list only counts or puts into words (last touch, stage, owner) is left out: it is changed where it
comes about. Leads come back for their tags and own fields; whose they are and how they stand no list says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

# The header of the column of numbers, by list; the same in every language.
NUMBER = {"companies": "Konveyer: company", "people": "Konveyer: person", "leads": "Konveyer: lead"}

_COMPANIES = """
Company|Компания: company.name
City|Город: company.city
Phone|Телефон: company.phone
E-mail|Почта: company.email
Site|Сайт: company.domain
Tax number|ИНН: company.tax_number
Industry|Отрасль: company.industry
Tags|Метки: company.tags
People|Люди|Open leads|Открытые лиды|Last touch|Последнее касание|In the base since|В базе с:
"""
_PEOPLE = """
Person|Человек: contact.name
Company|Компания: company.name
Position|Должность: contact.title
Phone|Телефон: contact.phone
E-mail|Почта: contact.email
City|Город: contact.city
Tags|Метки: contact.tags
Role|Роль|Recommendations|Рекомендации|Open leads|Открытые лиды|Last touch|Последнее касание|In the base since|В базе с:
"""
_LEADS = """
Tags|Метки: lead.tags
Lead|Лид|Person|Человек|Stage|Этап|Owner|Ответственный|Next step|Следующий шаг|Amount|Сумма|Currency|Валюта:
Touches|Касания|Temperature|Температура|Source|Источник|Page|Страница|Product|Продукт|Telemarketer|Телемаркетолог:
Closer|Закрывающий|Conveyor|Конвейер|Came in|Пришёл|Won on|Выигран|State|Состояние:
"""


class OwnList(NamedTuple):
    """`list`: its name on the screens; `main`: what its rows are; `columns`: header → field, "" for one that is left out."""

    code: str
    list: str
    main: str
    title: Any
    columns: Mapping[str, str]
    needs: tuple[str, ...] = ()


def _columns(text: str, name: str, number: str) -> dict[str, str]:
    found = {NUMBER[name]: number}
    for line in text.strip().splitlines():
        headers, _colon, code = line.partition(":")
        found.update((header, code.strip()) for header in headers.split("|"))
    return found


OWN_LISTS = (
    OwnList("own-companies", "companies", "contact", _("Konveyer: list of companies"), _columns(_COMPANIES, "companies", "company.id")),
    OwnList("own-people", "people", "contact", _("Konveyer: list of people"), _columns(_PEOPLE, "people", "contact.id")),
    OwnList("own-leads", "leads", "lead", _("Konveyer: list of leads"), _columns(_LEADS, "leads", "lead.id"), ("lead.id",)),
)  # fmt: skip
