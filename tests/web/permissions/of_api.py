"""What the API is asked."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.permissions.asking import Made, later, soon
from tests.web.permissions.firm import LIST
from tests.web.permissions.of_screens import both, fixed, role_id, settings_of, taken, upload, version

LEAD = "/api/v1/leads/{lead_id}"
CONVEYOR = "/api/v1/conveyors/{conveyor_id}"
ON_COMPANY = both(fixed(on="company"), taken(record_id="company_id"))
ON_LEAD = both(fixed(on="lead"), taken(record_id="lead_id"))
ON_DEAL = both(fixed(on="deal"), taken(record_id="deal_id"))
BOX = {"address": "sales@north.example", "name": "Sales", "provider": "yandex"}
REACH = {"name": "Ledger", "url": "https://93.184.215.14/told", "events": ["lead.won"]}
PRODUCT = {"name": "Course", "level": "core", "kind": "course", "currency": "RUB"}
WAYS = (("", ON_COMPANY), ("#on a lead", ON_LEAD), ("#on a deal", ON_DEAL))


def _step(firm: Any, records: Any, role: str) -> dict[str, Any]:
    return {"kind": "call", "title": "Call back", "due_at": later()}


ARGS: dict[str, Made] = {
    "/api/v1/audit/{code}/records": fixed(code="lost_too_early"),
    "/api/v1/audit/{code}/benchmark": fixed(code="lost_too_early"),
    f"{LEAD}/facts/{{kind}}": fixed(kind="questionnaire"),
    f"{LEAD}/take": taken(lead_id="queued"),
    f"{LEAD}/assign#to oneself, out of a queue": taken(lead_id="queued"),
    f"{LEAD}/tasks#for a lead in a queue": taken(lead_id="queued"),
    f"{LEAD}/wake": taken(lead_id="resting"),
    f"{LEAD}/reopen": taken(lead_id="lost"),
    f"{LEAD}/reopen#a won lead": taken(lead_id="won"),
    "/api/v1/notes/{note_id}#on a lead": taken(note_id="lead_note_id"),
    "/api/v1/files/{file_id}/content#on a lead": taken(file_id="lead_file_id"),
    "/api/v1/files/{file_id}#on a lead": taken(file_id="lead_file_id"),
    "/api/v1/companies/{record_id}/fields": taken(record_id="company_id"),
    "/api/v1/contacts/{record_id}/fields": taken(record_id="contact_id"),
    "/api/v1/leads/{record_id}/fields": taken(record_id="lead_id"),
    "/api/v1/companies/{record_id}/tags": taken(record_id="company_id"),
    "/api/v1/contacts/{record_id}/tags": taken(record_id="contact_id"),
    "/api/v1/leads/{record_id}/tags": taken(record_id="lead_id"),
    "/api/v1/imports/{batch_id}/resume": taken(batch_id="stopped"),
    "/api/v1/imports/{batch_id}/undo": taken(batch_id="done"),
    "/api/v1/imports/{batch_id}/rows/{line}": fixed(line=3),
    "/api/v1/members/{member_id}/deactivate#the owner": lambda firm, records, role: {
        "member_id": firm.founder.pk
    },
    "/api/v1/members/{member_id}/reactivate": taken(member_id="gone"),
}

QUERY: dict[str, Made] = {
    "GET /api/v1/views": fixed(list="companies"),
    "GET /api/v1/search": fixed(q="fresh"),
    "GET /api/v1/sheet": fixed(first="2026-03-01", last="2026-03-31"),
    "GET /api/v1/funnel": fixed(by="origin"),
    "GET /api/v1/handoff-counts": fixed(first="2026-03-01", last="2026-03-31"),
    "GET /api/v1/handoff-counts/leads": fixed(side="given", figure="sent", first="2026-03-01", last="2026-03-31"),
    **{f"{method} /api/v1/{what}{way}": on for what, method in (("notes", "GET"), ("files", "GET"), ("files", "POST")) for way, on in WAYS},
}  # fmt: skip

BODY: dict[str, Made] = {
    "POST /api/v1/leads": both(taken(conveyor_id="conveyor"), fixed(title="Kama")),
    "POST /api/v1/leads#for somebody else": lambda firm, records, role: {
        "conveyor_id": records.conveyor, "title": "Kama", "owner_id": firm.founder.pk,
    },
    "POST /api/v1/leads#second lead of the same client": both(
        taken(conveyor_id="conveyor", company_id="company_id"), fixed(second_reason="another plant")
    ),
    f"PATCH {LEAD}": both(version(), fixed(title="Renamed")),
    f"PUT {LEAD}/facts/{{kind}}": fixed(value="yes"),
    f"POST {LEAD}/move": both(taken(to_stage_id="next_stage"), fixed(facts={"questionnaire": "yes"})),
    f"POST {LEAD}/move#past a gate with a reason": both(taken(to_stage_id="next_stage"), fixed(override_reason="he is known")),
    f"POST {LEAD}/assign": lambda firm, records, role: {"member_id": firm.founder.pk},
    f"POST {LEAD}/assign#to oneself": lambda firm, records, role: {"member_id": firm.people[role].pk},
    f"POST {LEAD}/assign#to oneself, out of a queue": lambda firm, records, role: {"member_id": firm.people[role].pk},
    f"POST {LEAD}/take": fixed(),
    f"POST {LEAD}/hold": lambda firm, records, role: {"wake_on": soon(7)},
    f"POST {LEAD}/wake": fixed(),
    f"POST {LEAD}/refuse": taken(refusal_id="refusal"),
    f"POST {LEAD}/reroute": both(taken(conveyor_id="other_conveyor"), fixed(reason="they wrote by themselves")),
    f"POST {LEAD}/judge": fixed(facts={"pain": "few clients", "decision_maker": "himself", "minutes_watched": "30"}),
    f"POST {LEAD}/judge#against the criteria": fixed(override_reason="he is known"),
    f"POST {LEAD}/reopen": fixed(reason="they called again"),
    f"POST {LEAD}/reopen#a won lead": fixed(reason="the money went back"),
    f"POST {LEAD}/temperature": fixed(temperature="warm"),
    f"POST {LEAD}/tasks": _step,
    f"POST {LEAD}/tasks#for a lead in a queue": _step,
    "POST /api/v1/handoffs/{handoff_id}/accept": fixed(),
    "POST /api/v1/handoffs/{handoff_id}/return": fixed(reason="not_mine"),
    "POST /api/v1/tasks/{task_id}/done": fixed(),
    "POST /api/v1/tasks/{task_id}/reschedule": lambda firm, records, role: {"due_at": later(2)},
    "POST /api/v1/touches": both(taken(lead_id="lead_id"), lambda firm, records, role: {
        "channel": "call", "outcome": "no_answer", "next_kind": "call", "next_at": later(),
    }),
    "POST /api/v1/views": fixed(list="companies", name="Mine"),
    "PUT /api/v1/views/{view_id}": fixed(name="Mine too", version=1),
    "POST /api/v1/bulk": lambda firm, records, role: {
        "list": "companies", "action": "tag", "params": {"tag": str(records.tag_id)}, "ids": [records.company_id],
    },
    "POST /api/v1/bulk/{action_id}/do": fixed(), "POST /api/v1/bulk/{action_id}/undo": fixed(),
    "POST /api/v1/links": both(taken(contact_id="contact_id", by_id="linked_to"), fixed(kind="recommended")),
    "POST /api/v1/links/{link_id}/end": fixed(ended_on="2026-01-31"),
    f"PUT {LEAD}/recommender": taken(by_id="linked_to"),
    "POST /api/v1/fields": fixed(subject="company", kind="text", name="Contract"),
    "PATCH /api/v1/fields/{field_id}": fixed(version=1, name="Contract number"),
    **{f"PUT /api/v1/{kind}/{{record_id}}/fields": fixed(values={}) for kind in ("companies", "contacts", "leads")},
    "POST /api/v1/tags": fixed(name="Fair"),
    "PATCH /api/v1/tags/{tag_id}": fixed(version=1, color="red"),
    "POST /api/v1/tags/{tag_id}/merge": taken(into="other_tag"),
    **{f"POST /api/v1/{kind}/{{record_id}}/tags": lambda firm, records, role: {"remove": [records.tag_id]} for kind in ("companies", "contacts", "leads")},
    "POST /api/v1/companies": fixed(name="Kama Fasteners"),
    "PUT /api/v1/companies/{company_id}": fixed(name="Kama Fasteners", version=1),
    "POST /api/v1/companies/{company_id}/points": fixed(points=[{"kind": "email", "text": "office@kama.example"}]),
    "POST /api/v1/contacts": fixed(last_name="Kudrin"),
    "PUT /api/v1/contacts/{contact_id}": fixed(last_name="Kudrin", version=1),
    "POST /api/v1/contacts/{contact_id}/points": fixed(points=[{"kind": "email", "text": "roman@kama.example"}]),
    "POST /api/v1/works": taken(contact_id="free", company_id="company_id"),
    "POST /api/v1/works/{employment_id}/end": lambda firm, records, role: {"ended_on": soon(0)},
    **{f"POST /api/v1/notes{way}": both(on, fixed(body="spoke with the plant")) for way, on in WAYS},
    "PUT /api/v1/notes/{note_id}": fixed(body="said otherwise", version=1),
    "PUT /api/v1/notes/{note_id}#on a lead": fixed(body="said otherwise", version=1),
    **{f"POST /api/v1/files{way}": lambda firm, records, role: {"file": upload()} for way, _on in WAYS},
    "POST /api/v1/deals": both(taken(lead_id="fresh"), fixed(amount="420000.00")),
    "PATCH /api/v1/deals/{deal_id}": fixed(amount="420000.00", version=1),
    "POST /api/v1/deals/{deal_id}/payments": lambda firm, records, role: {"amount": "100.00", "received_on": soon(0)},
    "POST /api/v1/deals/{deal_id}/refunds": lambda firm, records, role: {"amount": "50.00", "received_on": soon(0), "note": "too much"},
    "POST /api/v1/audit/runs": fixed(),
    "PUT /api/v1/audit/letter": fixed(off=True),
    "PUT /api/v1/audit/{code}/benchmark": fixed(good="0.25", weak="0.5", version=0),
    "PUT /api/v1/sheet": fixed(cells=[{"day": "2026-03-02", "measure": "talks", "value": "4"}]),
    "POST /api/v1/contacts/{contact_id}/erase": fixed(),
    "POST /api/v1/consent-texts": fixed(purpose="calls", language="en", title="Calls", body="Call me."),
    "POST /api/v1/contacts/{contact_id}/consents": both(taken(text_id="consent_text"), fixed(source="form")),
    "POST /api/v1/contacts/{contact_id}/consents/withdraw": fixed(purpose="advertising", source="mail"),
    "POST /api/v1/duplicates/dismiss": both(fixed(kind="company"), taken(records="both")),
    "POST /api/v1/duplicates/merge": both(fixed(kind="company"), taken(kept="one", gone="others")),
    "POST /api/v1/duplicates/merges/{merge_id}/undo": fixed(), "POST /api/v1/duplicates/runs": fixed(work="scan"),
    "POST /api/v1/absences": lambda firm, records, role: {"member_id": firm.people[role].pk, "starts_on": soon(), "ends_on": soon(5)},
    "POST /api/v1/absences#of somebody else": both(taken(member_id="member_id"), lambda firm, records, role: {
        "starts_on": soon(), "ends_on": soon(5), "rule": "share",
    }),
    "POST /api/v1/absences/{absence_id}/back": fixed(), "POST /api/v1/absences/{absence_id}/call-off": fixed(),
    "POST /api/v1/conveyors": fixed(preset="webinar", name="Seminars"),
    f"POST {CONVEYOR}/draft": fixed(), f"POST {CONVEYOR}/retire": fixed(), f"POST {CONVEYOR}/revive": fixed(),
    f"POST {CONVEYOR}/rotation": both(taken(role_id="turning"), fixed(name="In turn", how="order")),
    f"PUT {CONVEYOR}/rotation/{{rule_id}}": both(taken(role_id="turning"), fixed(name="In turn", how="load", version=1)),
    f"PUT {CONVEYOR}/draft": fixed(revision=1, name="Renamed", stages=[{"key": "one", "name": "One", "role": "closer"}]),
    f"POST {CONVEYOR}/draft/publish": fixed(revision=1),
    "POST /api/v1/products": fixed(**PRODUCT),
    "PUT /api/v1/products/{product_id}": fixed(**PRODUCT, version=1),
    "PUT /api/v1/members/{member_id}": fixed(name="Renamed"),
    "PUT /api/v1/members/{member_id}/roles": role_id("closer"),
    "PUT /api/v1/members/{member_id}/roles#the owner's role": role_id("owner"),
    "POST /api/v1/members/{member_id}/deactivate": fixed(),
    "POST /api/v1/members/{member_id}/deactivate#the owner": fixed(),
    "POST /api/v1/invitations": both(fixed(email="new@matrix.example", name="New"), role_id("closer")),
    "POST /api/v1/invitations#as an owner": both(fixed(email="new@matrix.example", name="New"), role_id("owner")),
    "PUT /api/v1/workspace": fixed(name="North", language="en", timezone="Europe/Moscow", team_size="6+", talk_seconds=20),
    "POST /api/v1/roles": fixed(name="Courier", rights=["base.read"]),
    "POST /api/v1/roles#with the right to settings": fixed(name="Courier", rights=["settings.manage"]),
    "PUT /api/v1/roles/{role_id}": fixed(name="Courier", rights=["base.read"]),
    "POST /api/v1/teams": fixed(name="North"),
    "PUT /api/v1/teams/{team_id}": fixed(name="South"),
    "PUT /api/v1/frames": lambda firm, records, role: {"kind": "open_leads", "value": "5", "role_id": records.role_id},
    "POST /api/v1/settings": lambda firm, records, role: settings_of(firm),
    "POST /api/v1/settings/preview": lambda firm, records, role: settings_of(firm),
    "POST /api/v1/mailboxes/{mailbox_id}/test-letter": fixed(to="igor@north.example"),
    "POST /api/v1/letters/{message_id}/settle": fixed(say="back"),
    "POST /api/v1/mailboxes": fixed(**BOX), "PUT /api/v1/mailboxes/{mailbox_id}": fixed(**BOX),
    "POST /api/v1/webhooks": fixed(**REACH),
    "POST /api/v1/imports": lambda firm, records, role: {"file": SimpleUploadedFile("list.csv", LIST)},
    "PUT /api/v1/imports/{batch_id}/reading": fixed(date_order="mdy"),
    "PUT /api/v1/imports/{batch_id}/columns": fixed(
        preset="contacts", columns={"Company": "company.name", "Contact": "contact.name", "Phone": "contact.phone"}
    ),
    "POST /api/v1/imports/{batch_id}/trial": fixed(),
    "POST /api/v1/imports/{batch_id}/commit": lambda firm, records, role: {"of": records.trial},
    "POST /api/v1/imports/{batch_id}/resume": fixed(),
    "POST /api/v1/imports/{batch_id}/undo": fixed(),
    "PUT /api/v1/imports/{batch_id}/rows/{line}": fixed(values=["Fir", "Gleb", "+7 342 200-18-41"]),
    "PUT /api/v1/webhooks/{webhook_id}": fixed(**REACH, active=True),
}  # fmt: skip

# What is sent as a form although it goes to the API.
FORMS = frozenset(f"POST /api/v1/files{way}" for way, _on in WAYS) | {"POST /api/v1/imports"}
