"""Consent texts of the firm, and a ledger in which some agreed and one thought better of it."""

from datetime import datetime, timedelta

from konveyer.domain.consent.operations import give, withdraw, write_text
from konveyer.domain.people.models import Contact
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor

TEXTS = {
    "ru": {
        "advertising": ("Согласие на рассылку", "Я согласен получать от вас письма о продуктах и событиях на указанный адрес. Согласие можно отозвать в любой момент."),
        "service": ("Согласие на обработку данных", "Я согласен на обработку моих имени, телефона и адреса, чтобы вы ответили на мой запрос и исполнили договор."),
    },
    "en": {
        "advertising": ("Consent to mailings", "I agree to receive letters about products and events at the address given. I may withdraw this consent at any time."),
        "service": ("Consent to processing", "I agree that you process my name, phone and address to answer my inquiry and to carry out the contract."),
    },
}  # fmt: skip
PLACES = {"ru": "анкета на выставке", "en": "questionnaire at the fair"}
COUNT = 24


def keep_consents(workspace: Workspace, actor: Actor, language: str, today: datetime) -> None:
    """Two texts; the latest people agreed to the one or both, one of them withdrew."""
    at = today - timedelta(days=300)
    texts = {
        purpose: write_text(actor=actor, at=at, purpose=purpose, language=language, title=title, body=body)
        for purpose, (title, body) in TEXTS[language].items()
    }
    for number, contact in enumerate(
        Contact.objects.filter(workspace=workspace).order_by("-created_at", "-id")[:COUNT]
    ):
        given = max(contact.created_at, at)
        for purpose in ("service", "advertising")[: 1 + number % 2]:
            give(
                actor=actor, at=given, contact_id=contact.pk, text_id=texts[purpose].pk, source="paper" if number % 3 else "form",
                place=PLACES[language],
            )  # fmt: skip
        if number % 8 == 7:
            withdraw(actor=actor, at=today, contact_id=contact.pk, purpose="advertising", source="mail")
