"""What a person wrote himself, taken out of the quotation and the signature that mail programs put around it."""

import pytest

from konveyer.domain.delivery.rules.quotation import own_words
from konveyer.domain.delivery.rules.signature import without_signature
from tests.unit.delivery.letters import letter

QUOTED = "> Добрый день, Иван!\n> Предлагаем аудит склада.\n"


@pytest.mark.parametrize(
    "original",
    [
        "Вт, 28 апр. 2026 г. в 09:00, Анна Белова <anna.belova@x.example>:\n\n" + QUOTED,
        "28.04.2026, 09:00, \"Анна Белова\" <anna.belova@x.example>:\n" + QUOTED,
        "28 апреля 2026 г. 9:00:12 Анна Белова <anna.belova@x.example> написал(а):\n" + QUOTED,
        "Вторник, 28 апреля 2026, 9:00 +03:00 от Анна Белова <anna.belova@x.example>:\n\n" + QUOTED,
        "On Tue, Apr 28, 2026 at 9:00 AM Anna Belova <anna.belova@x.example> wrote:\n\n" + QUOTED,
        "On Tue, Apr 28, 2026 at 9:00 AM Anna Belova <\nanna.belova@x.example> wrote:\n\n" + QUOTED,
        "Am 28.04.2026 um 09:00 schrieb Anna Belova:\n" + QUOTED,
        "Le mar. 28 avr. 2026 à 09:00, Anna Belova <anna.belova@x.example> a écrit :\n\n" + QUOTED,
        "Вы писали 28 апреля 2026 г., 9:00:12:\n\n" + QUOTED,
        "-----Original Message-----\nFrom: Anna Belova\nSent: Tuesday, April 28, 2026\nTo: Ivan\nSubject: Audit\n\nDear Ivan,\nwe offer an audit.",
        "________________________________\nОт: Анна Белова <anna.belova@x.example>\nОтправлено: 28 апреля 2026 г.\nКому: Иван\nТема: Аудит\n\nИван, предлагаем аудит.",
        "Von: Anna Belova\nGesendet: Dienstag, 28. April 2026\nAn: Ivan\nBetreff: Audit\n\nGuten Tag",
        "-------- Пересылаемое сообщение --------\n28.04.2026, Анна Белова\n\nИван, предлагаем аудит.",
        "-------- Original message --------\nFrom: Anna\nDate: 28/4/26 09:00 (GMT+03:00)\nTo: ivan@x.example\nSubject: Audit\n\nHello",
        QUOTED,
    ],
)  # fmt: skip
def test_quotation_of_many_programs_is_taken_off(original: str) -> None:
    own, quoted = own_words(f"Интересно, пришлите цены.\n\n{original}")
    assert own == "Интересно, пришлите цены."
    assert quoted.strip()


def test_answers_between_and_below_quoted_lines_are_kept_in_order() -> None:
    text = "28.04.2026, 09:00, Анна <a@x.example>:\n> Сколько вас?\nСорок.\n> Когда удобно?\nВ мае.\n"
    assert own_words(text)[0] == "Сорок.\nВ мае."
    assert (
        own_words("Анна писала 28.04.2026:\n> Сколько вас?\n> Ждём ответа.\n\nНас сорок.")[0] == "Нас сорок."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Встречались 28.04.2026, Петров написал так: не надо.",
        "От: начальника отдела получите ответ.\nСпасибо.",
        "Кому: всем",
        "Напишите нам в 10:00: пропуск готов.",
    ],
)
def test_sentences_that_look_like_an_attribution_stay(text: str) -> None:
    assert own_words(text)[0] == text


@pytest.mark.parametrize(
    "tail",
    [
        "\n-- \nИван Кузнецов\nдиректор",
        "\nС уважением,\nИван Кузнецов\n+7 903 555-01-44",
        "\nс ув. Иван",
        "\nBest regards,\nIvan Kuznetsov | Sales",
        "\nMit freundlichen Grüßen\nIvan Kuznetsov",
        "\nCordialement,\nIvan",
        "\nОтправлено из мобильной Яндекс.Почты",
        "\nSent from my iPhone",
        "\nОтправлено с iPhone\nИван",
        "\nGet Outlook for Android",
        "\n--\nОтправлено из Mail.ru для Android",
        "\nИван Кузнецов\nООО «Завод»",
        "\nС уважением, Иван\n\nЭто сообщение и вложения конфиденциальны и предназначены только адресату.",
        "\nThis e-mail is confidential and intended solely for the addressee.",
    ],
)
def test_signatures_are_taken_off(tail: str) -> None:
    assert (
        without_signature(f"Добрый день!\nПришлите цены.\n{tail}", "Иван Кузнецов")
        == "Добрый день!\nПришлите цены."
    )


@pytest.mark.parametrize(
    "text",
    ["С уважением отношусь к вашей работе, но нам не нужно.\nУ нас свой склад.", "Спасибо", "Иван", "Пишите Анне:\nanna@x.example", "Да.\n\nА сколько стоит?"],
)  # fmt: skip
def test_what_is_said_is_no_signature(text: str) -> None:
    assert without_signature(text, "Пётр Серов") == text


def test_html_of_mail_programs_shows_where_the_quotation_begins() -> None:
    told = {"Content_Type": "text/html; charset=utf-8"}
    gmail = '<div>Да, звоните.</div><div class="gmail_quote"><div class="gmail_attr">вт, 28 апр. Анна:</div><blockquote>Аудит</blockquote></div>'
    outlook = '<p>Да, звоните.</p><div id="divRplyFwdMsg"><b>От:</b> Анна<br><b>Тема:</b> Аудит</div><p>Иван, предлагаем аудит.</p>'
    desktop = '<p>Да, звоните.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Anna<br></p></div><p>Dear Ivan</p>'
    for source in (gmail, outlook, desktop):
        assert own_words(letter(source, **told).text)[0] == "Да, звоните."
