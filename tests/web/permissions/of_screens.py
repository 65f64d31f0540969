"""What the screens are asked."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from konveyer.domain.leads.queries.cards import Cursor
from tests.web.permissions.asking import Made, later, soon
from tests.web.permissions.firm import LIST
from tests.world import PASSWORD


def fixed(**given: Any) -> Made:
    """The same for everybody."""
    return lambda firm, records, role: given


def taken(**names: str) -> Made:
    """Records by their names: taken(pk="company_id")."""
    return lambda firm, records, role: {key: getattr(records, name) for key, name in names.items()}


def version() -> Made:
    """The version of the lead with which the form was read."""
    return lambda firm, records, role: {"version": records.lead_version}


def both(*parts: Made) -> Made:
    """Several together."""
    return lambda firm, records, role: {
        key: value for part in parts for key, value in part(firm, records, role).items()
    }


def role_id(code: str) -> Made:
    """A role of the firm."""
    return lambda firm, records, role: {"role_ids": [firm.roles[code].pk]}


def settings_of(firm: Any) -> dict[str, Any]:
    """A document that adds a product."""
    return {
        "format": "konveyer-settings", "version": 1, "roles": [], "teams": [], "frames": [], "conveyors": [],
        "products": [
            {"code": "brought", "name": "Brought in", "level": "core", "kind": "service", "price": "10.00", "currency": "RUB", "direct_cost": "0.00"}
        ],
    }  # fmt: skip


def upload() -> SimpleUploadedFile:
    """A file that is taken in."""
    return SimpleUploadedFile("plan.txt", b"plain words", "text/plain")


ON_LEAD, ON_DEAL = (both(fixed(kind=kind), taken(pk=f"{kind}_id")) for kind in ("lead", "deal"))
ON_COMPANY = both(fixed(kind="company"), taken(pk="company_id"))
QUEUED = taken(lead_id="queued")
BOX = {
    "address": "sales@north.example",
    "name": "Sales",
    "provider": "yandex",
    "day_limit": "40",
    "hour_limit": "15",
    "gap": "60",
}
REACH = {"name": "Ledger", "url": "https://93.184.215.14/told", "events": ["lead.won"]}
STAGE = {
    "name": "Audit",
    "role": "closer",
    "revision": "1",
    "gate-TOTAL_FORMS": "0",
    "gate-INITIAL_FORMS": "0",
}
PRODUCT = {"name": "Course", "level": "core", "kind": "course", "currency": "RUB"}

# The names in the path, where they are not those of the records.
ARGS: dict[str, Made] = {
    "board-fold": fixed(stage="new_clients-meeting"),
    "lead-take": QUEUED,
    "lead-wake": taken(lead_id="resting"),
    "lead-reopen": taken(lead_id="lost"),
    "lead-reopen#a won lead": taken(lead_id="won"),
    "lead-plan#a step for a lead in a queue": QUEUED,
    "lead-assign#to oneself, out of a queue": QUEUED,
    "lead-accept": taken(lead_id="handed"),
    "lead-return": taken(lead_id="handed"),
    "lead-fact": fixed(kind="questionnaire"),
    "lead-exchange": fixed(hand="given", stage="lead_generation"),
    "point-add": ON_COMPANY,
    "place-add": ON_COMPANY,
    "view-keep": fixed(name="companies"),
    "view-keep#of leads": fixed(name="leads"),
    "view-usual": fixed(name="companies"),
    "bulk-new": fixed(name="companies"),
    "bulk-new#of leads": fixed(name="leads"),
    "record-fields": ON_COMPANY,
    "record-fields#on a lead": ON_LEAD,
    "list-narrow": fixed(name="companies"),
    "list-narrow#of leads": fixed(name="leads"),
    "setup-field-new": fixed(subject="company"),
    "setup-field-move": fixed(way="up"),
    "record-tags": ON_COMPANY,
    "record-tags#on a lead": ON_LEAD,
    "list-columns": fixed(name="companies"),
    "list-columns#of leads": fixed(name="leads"),
    "audit-check": fixed(code="lost_too_early"),
    "audit-benchmark": fixed(code="lost_too_early"),
    "list-export": fixed(name="people", kind="csv"),
    "list-export#of leads": fixed(name="leads", kind="xlsx"),
    "import-mend": fixed(line=3),
    "import-go-on": taken(batch_id="stopped"),
    "import-undo": taken(batch_id="done"),
    "notes": ON_COMPANY, "notes#on a lead": ON_LEAD, "notes#on a deal": ON_DEAL,
    "files": ON_COMPANY, "files#on a lead": ON_LEAD, "files#on a deal": ON_DEAL,
    "note-edit#on a lead": taken(note_id="lead_note_id"),
    "note-remove#on a lead": taken(note_id="lead_note_id"),
    "file#on a lead": taken(file_id="lead_file_id"),
    "file-remove#on a lead": taken(file_id="lead_file_id"),
    "deal-new": taken(lead_id="fresh"),
    "setup-reactivate": taken(member_id="gone"),
    "setup-deactivate#the owner": lambda firm, records, role: {"member_id": firm.founder.pk},
    "account_reset_password_from_key": fixed(uidb36="1", key="none"),
}  # fmt: skip

QUERY: dict[str, Made] = {
    "board-column": lambda firm, records, role: {"after": Cursor(None, records.lead_id)},
    "search": fixed(q="fresh"),
    "POST lead-step": both(taken(stage="next_stage"), version()),
    "tap": taken(contact="contact_id"),
}

BODY: dict[str, Made] = {
    "POST board-move": both(taken(lead="lead_id", stage="next_stage"), version()),
    "POST board-fold": fixed(),
    "POST lead-new": both(taken(conveyor="conveyor"), fixed(company="Nobody Knows Yet", phones="+7 342 200-41-17")),
    "POST lead-new#second lead of the same client": both(
        taken(conveyor="conveyor", company_id="company_id"), fixed(company="Known", reason="another plant")
    ),
    "POST lead-read": fixed(pasted="Roman Kudrin, +7 912 345-67-89, director, Kamsky Krepezh"),
    "POST lead-move": both(taken(to="next_stage"), version(), fixed(**{"fact-questionnaire": "yes"})),
    "POST lead-move#past a gate with a reason": both(taken(to="next_stage"), version(), fixed(override_reason="he is known")),
    "POST lead-step": fixed(),
    "POST lead-take": fixed(),
    "POST lead-refuse": taken(refusal="refusal"),
    "POST lead-hold": lambda firm, records, role: {"wake_on": soon(7)},
    "POST lead-wake": fixed(),
    "POST lead-reroute": both(taken(conveyor="other_conveyor"), fixed(reason="they wrote by themselves")),
    "POST lead-judge": fixed(**{"fact-pain": "few clients", "fact-decision_maker": "himself", "fact-minutes_watched": "30"}),
    "POST lead-judge#against the criteria": fixed(override_reason="he is known"),
    "POST lead-reopen": fixed(reason="they called again"),
    "POST lead-reopen#a won lead": fixed(reason="the money went back"),
    "POST lead-touch": lambda firm, records, role: {"channel": "call", "outcome": "no_answer", "next_kind": "call", "next_at": later()},
    "POST lead-tap": fixed(),
    "POST lead-plan": lambda firm, records, role: {"kind": "call", "title": "Call back", "due_at": later()},
    "POST lead-plan#a step for a lead in a queue": lambda firm, records, role: {"kind": "call", "title": "Call", "due_at": later()},
    "POST lead-done": fixed(),
    "POST lead-assign": lambda firm, records, role: {"member": firm.founder.pk},
    "POST lead-assign#to oneself": lambda firm, records, role: {"member": firm.people[role].pk},
    "POST lead-assign#to oneself, out of a queue": lambda firm, records, role: {"member": firm.people[role].pk},
    "POST lead-accept": fixed(),
    "POST lead-return": fixed(reason="not_mine"),
    "POST lead-change": both(version(), fixed(title="Renamed", level="core")),
    "POST lead-fact": fixed(value="yes"),
    "POST lead-exchange": fixed(),
    "POST lead-warmth": fixed(temperature="warm"),
    "POST company-new": fixed(name="Kama Fasteners"),
    "POST company-edit": fixed(name="Kama Fasteners", version="1"),
    "POST contact-new": fixed(last_name="Kudrin", first_name="Roman"),
    "POST contact-edit": fixed(last_name="Kudrin", first_name="Roman", version="1"),
    "POST point-add": fixed(kind="email", text="roman@kama.example"),
    "POST point-remove": fixed(),
    "POST place-add": taken(other="free"),
    "POST place-change": fixed(title="Director", back="contact"),
    "POST view-keep": fixed(name="Mine", shared="own"),
    "POST view-usual": fixed(),
    "POST view-change": fixed(name="Mine too", shared="own", version="1"),
    "POST view-drop": fixed(),
    "POST bulk-new": both(fixed(action="tag", scope="picked"), taken(pick="company_id", tag="tag_id")),
    "POST bulk-do": fixed(),
    "POST bulk-back": fixed(),
    "POST link-add": both(taken(other="linked_to"), fixed(way="by-recommended")),
    "POST link-change": fixed(ended_on="2026-01-31"),
    "POST link-remove": fixed(),
    "POST lead-recommender": both(taken(other="linked_to"), version()),
    "POST record-fields": fixed(version="1"),
    "POST record-fields#on a lead": version(),
    "POST setup-field-new": fixed(name="Contract", kind="text"),
    "POST setup-field": fixed(name="Contract", version="1"),
    "POST setup-out-take": fixed(),
    "POST setup-field-move": fixed(),
    "POST setup-field-retire": fixed(),
    "POST record-tags": taken(tag="tag_id"),
    "POST record-tags#on a lead": taken(tag="tag_id"),
    "POST setup-tag-new": fixed(name="Fair", color="blue"),
    "POST setup-tag": fixed(name="Fair", color="blue", version="1"),
    "POST setup-tag-merge": taken(into="other_tag"),
    "POST setup-tag-retire": fixed(),
    "POST tap": fixed(),
    "POST list-columns": fixed(column=["city"]),
    "POST list-columns#of leads": fixed(column=["origin"]),
    "POST erase": fixed(),
    "POST consent-new": both(taken(text="consent_text"), fixed(source="form")),
    "POST consent-withdraw": fixed(purpose="advertising", source="mail"),
    "POST setup-consent-text-new": fixed(purpose="calls", language="en", title="Calls", body="Call me."),
    "POST duplicates-scan": fixed(), "POST duplicates-all": fixed(kind="company", over="90"),
    "POST duplicate": taken(kept="one", record="other"), "POST duplicate-apart": taken(record="both"),
    "POST merge-undo": fixed(),
    "POST imports": lambda firm, records, role: {"file": SimpleUploadedFile("list.csv", LIST)},
    "POST import-reading": fixed(date_order="mdy"),
    "POST import-columns": fixed(c0="company.name", c1="contact.name", c2="contact.phone"),
    "POST import-try": fixed(),
    "POST import-mend": fixed(v0="Fir", v1="Gleb", v2="+7 342 200-18-41"),
    "POST import-withdraw": fixed(), "POST import-go-on": fixed(), "POST import-undo": fixed(),
    "POST import-write": lambda firm, records, role: {"of": records.trial},
    **{f"POST notes{way}": fixed(body="spoke with the plant") for way in ("", "#on a lead", "#on a deal")},
    **{f"POST files{way}": lambda firm, records, role: {"file": upload()} for way in ("", "#on a lead", "#on a deal")},
    "POST note-edit": fixed(body="said otherwise", version="1"),
    "POST note-edit#on a lead": fixed(body="said otherwise", version="1"),
    "POST note-remove": fixed(), "POST note-remove#on a lead": fixed(),
    "POST file-remove": fixed(), "POST file-remove#on a lead": fixed(),
    "POST deal-new": fixed(amount="420 000"),
    "POST deal-change": fixed(amount="420 000", currency="RUB", version="1"),
    "POST deal-pay": lambda firm, records, role: {"amount": "100", "received_on": soon(0)},
    "POST deal-refund": lambda firm, records, role: {"amount": "50", "received_on": soon(0), "note": "too much"},
    "POST audit-run": fixed(),
    "POST audit-letter": fixed(off="1"),
    "POST audit-benchmark": fixed(good="25", weak="50", version="0"),
    "POST sheet": lambda firm, records, role: {f"cell:{soon(0)}:cold_calls": "40"},
    "POST sheet-file": lambda firm, records, role: {"file": SimpleUploadedFile("days.csv", b"day;talks\n2026-03-02;4\n")},
    "POST absence-new": lambda firm, records, role: {
        "member_id": firm.people[role].pk, "starts_on": soon(), "ends_on": soon(5), "rule": "deputy",
    },
    "POST absence-new#of somebody else": both(taken(member_id="member_id"), lambda firm, records, role: {
        "starts_on": soon(), "ends_on": soon(5), "rule": "share",
    }),
    "POST absence-back": fixed(), "POST absence-off": fixed(),
    "POST product-new": fixed(**PRODUCT),
    "POST product": fixed(**PRODUCT, version="1"),
    "POST setup-workspace": fixed(name="North", language="en", timezone="Europe/Moscow", team_size="6+", talk_seconds="20"),
    "POST setup-member": fixed(name="Renamed"),
    "POST setup-member#give roles": both(fixed(roles="1"), role_id("closer")),
    "POST setup-member#give the owner's role": both(fixed(roles="1"), role_id("owner")),
    "POST setup-deactivate": fixed(),
    "POST setup-deactivate#the owner": fixed(),
    "POST setup-reactivate": fixed(),
    "POST setup-member-frames": fixed(open_leads="5"),
    "POST setup-role-frames": fixed(open_leads="5"),
    "POST setup-invite": both(fixed(email="new@matrix.example", name="New"), role_id("closer")),
    "POST setup-invite#as an owner": both(fixed(email="new@matrix.example", name="New"), role_id("owner")),
    "POST setup-renew": fixed(), "POST setup-withdraw": fixed(),
    "POST setup-team-new": fixed(name="North"),
    "POST setup-team": fixed(name="South"),
    "POST setup-team-remove": fixed(),
    "POST setup-role-new": fixed(name="Courier", view="own", rights=["base.read"]),
    "POST setup-role-new#with the right to settings": fixed(name="Courier", view="own", rights=["settings.manage"]),
    "POST setup-role": fixed(name="Courier", view="own", rights=["base.read"]),
    "POST setup-role-remove": fixed(),
    "POST setup-conveyor-new": fixed(preset="webinar", name="Seminars"),
    "POST setup-criteria": fixed(**{
        "was": "1", "wanted": "0", "one-TOTAL_FORMS": "1", "one-INITIAL_FORMS": "0", "one-0-label": "Budget", "one-0-ask": "text",
        "one-0-must": "must",
    }),
    **{f"POST setup-rotation{new}": both(taken(role="turning"), fixed(name="In turn", how="order", position="1")) for new in ("", "-new")},
    "POST setup-rotation-remove": fixed(),
    "POST setup-conveyor-retire": fixed(), "POST setup-conveyor-revive": fixed(),
    "POST setup-draft": fixed(name="Renamed", revision="1"), "POST setup-draft-open": fixed(),
    "POST setup-draft-order": fixed(revision="1", key="registration", by="1"), "POST setup-draft-drop": fixed(),
    "POST setup-draft-publish": fixed(revision="1"),
    "POST setup-draft-refusals": fixed(**{
        "revision": "1", "route-TOTAL_FORMS": "1", "route-INITIAL_FORMS": "0", "route-0-label": "No", "route-0-destination": "lost",
    }),
    "POST setup-stage-new": fixed(**STAGE), "POST setup-stage": fixed(**STAGE), "POST setup-stage-remove": fixed(revision="1"),
    "POST setup-mailbox-new": fixed(**BOX), "POST setup-mailbox": fixed(**BOX, active="on"),
    "POST setup-mailbox-test": fixed(to="igor@north.example"), "POST setup-mailbox-go-on": fixed(),
    "POST setup-mailbox-letter": fixed(say="back"), "POST setup-mailbox-try": fixed(), "POST setup-mailbox-remove": fixed(),
    "POST setup-webhook-new": fixed(**REACH),
    "POST setup-webhook": fixed(**REACH, active="on"),
    "POST setup-webhook-secret": fixed(), "POST setup-webhook-test": fixed(),
    "POST setup-webhook-resend": fixed(), "POST setup-webhook-remove": fixed(),
    "POST setup-move": lambda firm, records, role: {
        "file": SimpleUploadedFile("settings.json", json.dumps(settings_of(firm)).encode())
    },
    "POST setup-move-apply": lambda firm, records, role: {"text": json.dumps(settings_of(firm))},
    "POST profile": fixed(name="Somebody", timezone=""),
    "POST language": fixed(language="ru", next="/"),
    "POST choose-workspace": lambda firm, records, role: {"workspace": firm.workspace.pk},
    "POST new-token": fixed(name="phone", days="30", scopes=["api.use"]),
    "POST revoke-token": fixed(),
    "POST components-dialog": fixed(word="pendulum"),
    "POST account_login": fixed(login="nobody@matrix.example", password="not the password"),
    "POST account_logout": fixed(),
    "POST account_signup": fixed(email="stranger@matrix.example", password1=PASSWORD),
    "POST account_reauthenticate": fixed(password=PASSWORD),
    "POST account_change_password": fixed(oldpassword=PASSWORD, password1=PASSWORD + "!", password2=PASSWORD + "!"),
    "POST account_reset_password": fixed(email="nobody@matrix.example"),
    "POST account_reset_password_from_key": fixed(password1=PASSWORD, password2=PASSWORD),
    "POST mfa_authenticate": fixed(code="123456"),
    "POST mfa_reauthenticate": fixed(code="123456"),
    "POST mfa_activate_totp": fixed(code="123456"),
    "POST mfa_deactivate_totp": fixed(), "POST mfa_generate_recovery_codes": fixed(),
    "POST usersessions_list": fixed(),
    "POST invitation": fixed(name="Guest", password=PASSWORD),
}  # fmt: skip

FORMS: frozenset[str] = frozenset()
