"""Exports of the usual CRMs are known by their headers and go where they belong, with columns in any order and more of them.

The headers are the names of the fields on the vendors' screens (see rules.crm, which names the pages); the rows are made up.
"""

from pathlib import Path
from random import Random

import pytest

from konveyer.domain.imports.rules.crm import EXPORTS
from konveyer.domain.imports.rules.drafting import guessed_columns
from konveyer.domain.imports.rules.fields import field_of, plain
from konveyer.domain.imports.rules.mapping import preset_of_header, resolve
from konveyer.domain.imports.rules.presets import BY_CODE, PRESETS
from konveyer.domain.labels.models import TagUse
from konveyer.domain.leads.models import Lead
from konveyer.domain.people.models import Company, Contact, PointUse
from tests.unit.imports.bringing import brought, counts, written
from tests.world import World

HEADERS = {
    "amocrm-deals": (
        "ID|Название сделки|Компания|Основной контакт|Компания контакта|Ответственный|Этап сделки|Воронка|Бюджет|Дата создания|Кем создана|"
        "Дата редактирования|Кем редактирована|Дата закрытия|Теги|Примечание|Примечание 2|Ближайшая задача|Рабочий телефон|Рабочий прямой телефон|"
        "Мобильный телефон|Факс|Домашний телефон|Другой телефон|Рабочий email|Личный email|Другой email|utm_source|Наше поле"
    ),
    "amocrm-contacts": (
        "ID|Наименование|Имя|Фамилия|Компания|Сделки|Ответственный|Дата создания|Кем создан|Дата редактирования|Теги|Примечание 1|"
        "Рабочий телефон|Рабочий прямой телефон|Мобильный телефон|Рабочий email|Личный email|Другой email|Должность"
    ),
    "bitrix24-leads": (
        "ID|Название лида|Стадия|Дополнительно о стадии|Источник|Дополнительно об источнике|Обращение|Имя|Фамилия|Отчество|Дата рождения|"
        "Название компании|Должность|Рабочий телефон|Мобильный телефон|Другой телефон|Корпоративный сайт|Рабочий e-mail|Частный e-mail|Сумма|Валюта|"
        "Ответственный|Доступен для всех|Дата создания|Кем создан|Комментарий"
    ),
    "bitrix24-deals": (
        "ID|Воронка|Стадия сделки|Название сделки|Повторная сделка|Тип|Источник|Компания: Название компании|Контакт: Имя|Контакт: Фамилия|"
        "Контакт: Рабочий телефон|Контакт: Рабочий e-mail|Сумма|Валюта|Вероятность|Дата начала|Предполагаемая дата закрытия|Ответственный|Доступна для всех|Дата создания"
    ),
    "bitrix24-contacts": (
        "ID|Обращение|Имя|Отчество|Фамилия|Дата рождения|Должность|Компания|Рабочий телефон|Мобильный телефон|Рабочий e-mail|Частный e-mail|"
        "Тип контакта|Источник|Ответственный|Доступен для всех|Комментарий"
    ),
    "bitrix24-companies": (
        "ID|Название компании|Тип компании|Сфера деятельности|Кол-во сотрудников|Годовой оборот|Валюта|Рабочий телефон|Рабочий e-mail|Корпоративный сайт|ИНН|Ответственный"
    ),
    "hubspot-deals": "Record ID|Deal Name|Deal Stage|Close Date|Deal owner|Amount|Pipeline|Create Date|Associated Contact|Associated Company|Our field",
    "hubspot-contacts": (
        "Record ID|First Name|Last Name|Email|Phone Number|Mobile Phone Number|Contact owner|Associated Company|Last Activity Date|Lead Status|"
        "Lifecycle Stage|Create Date|Job Title|City|Marketing contact status"
    ),
    "hubspot-companies": "Record ID|Company name|Company owner|Create Date|Phone Number|Last Activity Date|City|Country/Region|Industry|Company Domain Name",
    "pipedrive-deals": (
        "Deal - ID|Deal - Title|Deal - Value|Deal - Currency of Value|Deal - Organization|Deal - Contact person|Deal - Owner|Deal - Stage|Deal - Pipeline|"
        "Deal - Status|Deal - Deal created|Deal - Won time|Deal - Lost reason|Person - Phone - Work|Person - Email - Work"
    ),
    "pipedrive-people": "Person - ID|Person - Name|Person - Label|Person - Organization|Person - Email - Work|Person - Email - Home|Person - Phone - Work|Person - Phone - Mobile|Person - Owner",
    "1c-counterparties": "Код|Наименование|Полное наименование|Вид контрагента|ИНН|КПП|ОГРН|Юридический адрес|Фактический адрес|Телефон|Электронная почта|Контактное лицо|Основной договор|Комментарий",
}  # fmt: skip
ENGLISH = {
    "amocrm-deals": "ID|Lead title|Company|Contact|Contact's company|Responsible user|Lead stage|Pipeline|Sale|Creation date|Created by|Closed at|Lead tags|Note|Work phone|Work email",
    "bitrix24-leads": "ID|Lead Name|Stage|Status information|Source|Source information|First name|Second name|Last name|Company Name|Position|Work Phone|Mobile|Work E-mail|Total|Currency|Responsible person|Created on|Comment|Available to everyone",
    "bitrix24-contacts": "ID|Salutation|First name|Second name|Last name|Position|Company|Work Phone|Mobile|Work E-mail|Home E-mail|Contact type|Source|Responsible person",
    "1c-counterparties": "Code|Description|Full name|TIN|KPP|ОГРН|Phone|Email|Contact person",
}  # fmt: skip


@pytest.mark.shows("I3.crm-presets")
@pytest.mark.parametrize(("code", "header"), [*HEADERS.items(), *ENGLISH.items()])
@pytest.mark.parametrize("seed", range(4))
def test_an_export_is_known_in_any_order_with_columns_missing_and_more(
    code: str, header: str, seed: int
) -> None:
    draw = Random(seed)
    names = header.split("|")
    if seed:
        draw.shuffle(names)
        names = [*names[: len(names) - seed + 1], "Своё поле", "Extra field"]
    found = preset_of_header(names, PRESETS)
    assert found is not None
    assert found.code == code
    mapping = resolve(names, found)
    assert guessed_columns(found, names) == mapping.columns, "the wizard and the command agree"
    assert "Своё поле" not in mapping.columns


@pytest.mark.shows("I3.crm-presets")
def test_the_columns_go_where_they_belong() -> None:
    def of(code: str, text: str) -> dict[str, str]:
        return dict(resolve(text.split("|"), BY_CODE[code]).columns)

    amo = of("amocrm-deals", HEADERS["amocrm-deals"])
    assert (amo["ID"], amo["Название сделки"], amo["Основной контакт"], amo["Бюджет"]) == (
        "lead.external_key",
        "lead.title",
        "contact.name",
        "lead.amount",
    )
    assert (amo["Этап сделки"], amo["utm_source"], "Дата закрытия" in amo, "Факс" in amo) == (
        "fact.stage",
        "lead.origin",
        False,
        False,
    )
    assert [name for name, code in amo.items() if code == "contact.email"] == [
        "Рабочий email",
        "Личный email",
        "Другой email",
    ]
    assert amo["Теги"] == "lead.tags"
    assert of("amocrm-contacts", HEADERS["amocrm-contacts"])["Теги"] == "contact.tags"
    assert of("pipedrive-people", HEADERS["pipedrive-people"])["Person - Label"] == "contact.tags"
    assert of("hubspot-deals", "Record ID|Deal Name|Deal Stage|Deal Tags")["Deal Tags"] == "lead.tags"
    assert of("bitrix24-companies", HEADERS["bitrix24-companies"] + "|Теги")["Теги"] == "contact.tags"
    assert of("hubspot-contacts", HEADERS["hubspot-contacts"])["Record ID"] == "contact.external_key"
    one_c = of("1c-counterparties", HEADERS["1c-counterparties"])
    assert (one_c["Код"], one_c["ИНН"], one_c["Полное наименование"]) == (
        "company.external_key",
        "company.tax_number",
        "company.legal_name",
    )
    assert "lead" not in {code.partition(".")[0] for code in one_c.values() if code != "lead.note"}


def test_every_set_names_fields_that_there_are_and_no_list_of_ones_own_is_taken_for_an_export() -> None:
    for export in EXPORTS:
        assert [code for code in export.columns.values() if field_of(code) is None] == []
        assert len({plain(sign) for sign in export.signs}) >= export.least >= 2
        if export.main == "contact":
            assert all(
                code.startswith(("company.", "contact.", "lead.note")) for code in export.columns.values()
            )
    for own in (
        "Компания;ИНН;Контакт;Телефон;E-mail;Город;Комментарий",
        "Имя;Фамилия;Телефон;Email",
        "ФИО;Телефон;Дата создания;Источник;Бюджет",
        "First name;Last name;Email;Company;City",
    ):
        assert preset_of_header(own.split(";"), PRESETS) is None


@pytest.mark.shows("I3.crm-presets")
@pytest.mark.django_db
def test_exports_come_in(world: World, tmp_path: Path) -> None:
    deals = written(
        tmp_path / "amo.csv", ("ID", "Название сделки", "Основной контакт", "Компания контакта", "Этап сделки", "Бюджет", "Дата создания", "Рабочий телефон", "Рабочий email", "Кем создана", "Теги", "Теги контакта"),
        ("101", "Станок", "Кудрин Роман", "Камский крепёж", "Переговоры", "120000", "05.03.2026 10:00", "+7 342 200-41-17", "r@kama.example", "Анна", "станки, срочно", "директор"),
        encoding="cp1251",
    )  # fmt: skip
    data = brought(world.workspace, deals)
    assert counts(data) == (1, 1, 0, 0, 0)
    lead = Lead.objects.get(external_key="101")
    assert (lead.title, lead.contact and lead.contact.last_name, lead.company and lead.company.name, lead.expected_amount) == ("Станок", "Кудрин", "Камский крепёж", 120_000)  # fmt: skip
    assert {use.tag.name for use in TagUse.objects.filter(lead=lead)} == {"станки", "срочно"}
    assert [use.tag.name for use in TagUse.objects.filter(contact=lead.contact)] == ["директор"]
    one_c = written(
        tmp_path / "1c.csv", ("Код", "Наименование", "Полное наименование", "ИНН", "КПП", "Телефон", "Юридический адрес"),
        ("000000017", "Вега", "ООО «Вега»", "7707083893", "770701001", "8 (495) 111-22-33", "Москва"),
    )  # fmt: skip
    assert brought(world.workspace, one_c, preset="1c-counterparties")["rejected"] == 0
    vega = Company.objects.get(tax_number="7707083893")
    assert (vega.name, vega.legal_name, vega.external_key, PointUse.objects.filter(company=vega).count()) == (
        "Вега",
        "ООО «Вега»",
        "000000017",
        1,
    )
    people = written(
        tmp_path / "hub.csv", ("Record ID", "First Name", "Last Name", "Email", "Phone Number", "Lifecycle Stage", "Contact owner", "Associated Company"),
        ("551", "Viktor", "Lansky", "v@vega.example", "", "lead", "Anna", "Vega Ltd"), delimiter=",",
    )  # fmt: skip
    assert counts(brought(world.workspace, people)) == (1, 1, 0, 0, 0)
    assert Contact.objects.get(external_key="551").last_name == "Lansky"
