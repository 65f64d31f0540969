"""What may stand in the lists of the base: each column with its words, its order and its cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from konveyer.domain.labels.models import CustomField
from konveyer.domain.labels.queries.fields import fields_of
from konveyer.domain.notes.queries.lead_list import LeadLine
from konveyer.domain.notes.queries.people_lists import Line
from konveyer.domain.people.models import Company, Contact, ContactPoint
from konveyer.kit import formats
from konveyer.web.base import marks
from konveyer.web.kit.tags.controls import chip, icon
from konveyer.web.kit.tags.numbers import day_short, language
from konveyer.web.labels.marks import chips as tag_chips
from konveyer.web.labels.words import plain as plain_own
from konveyer.web.labels.words import shown
from konveyer.web.lead.names import name_of, person_of

Cell = Callable[[Any], SafeString | str]


@dataclass(frozen=True)
class Column:
    """A column: its key, its words, its cell, how it is written into a file, its order and whether it is a number."""

    key: str
    words: str | Promise
    cell: Cell
    plain: Callable[[Any], Any]
    sort: str = ""
    num: bool = False
    usual: bool = True


def _company_name(line: Line[Company]) -> SafeString:
    return _rowlink("company", line.record.pk, line.record.name)


def _rowlink(name: str, pk: object, words: str) -> SafeString:
    return format_html('<a class="k-rowlink" data-row-link href="{}">{}</a>', marks.address(name, pk), words)


def _open_leads(line: Line[Any]) -> SafeString | str:
    if not line.open_leads and line.leads["won"]:
        return chip(_("client"), "good")
    return marks.count(line.open_leads)


def _text(value: str) -> SafeString | str:
    return value or marks.NOTHING


def _points(kind: str) -> tuple[Cell, Callable[[Any], Any]]:
    def cell(line: Line[Any]) -> SafeString | str:
        at: ContactPoint | None = getattr(line, kind)
        if isinstance(line.record, Contact):
            return marks.point(at, contact=line.record.pk)
        return marks.point(at, company=line.record.pk)

    def plain(line: Line[Any]) -> str:
        at = getattr(line, kind)
        return (f"{at.value} #{at.extension}" if at.extension else at.value) if at else ""

    return cell, plain


NEW = Column(
    "created", pgettext_lazy("column", "In the base since"), lambda line: day_short(line.record.created_at),
    lambda line: line.record.created_at, sort="created", usual=False,
)  # fmt: skip
TOUCHED = Column(
    "touched",
    pgettext_lazy("column", "Last touch"),
    lambda line: marks.moment(line.touched_at),
    lambda line: line.touched_at,
)
OPEN = Column(
    "leads", pgettext_lazy("column", "Open leads"), _open_leads, lambda line: line.open_leads, num=True
)
TAGS = Column(
    "tags", _("Tags"), lambda line: tag_chips(line.tags) if line.tags else marks.NOTHING,
    lambda line: ", ".join(tag.name for tag in line.tags),
)  # fmt: skip
CITY = Column("city", _("City"), lambda line: _text(line.record.city), lambda line: line.record.city)

COMPANIES: tuple[Column, ...] = (
    Column("name", _("Company"), _company_name, lambda line: line.record.name, sort="name"),
    CITY,
    Column("phone", _("Phone"), *_points("phone")),
    Column("email", _("E-mail"), *_points("email"), usual=False),
    Column("domain", _("Site"), lambda line: _text(line.record.domain), lambda line: line.record.domain, usual=False),
    Column("tax_number", _("Tax number"), lambda line: _text(line.record.tax_number or ""), lambda line: line.record.tax_number or "", usual=False),
    Column("industry", _("Industry"), lambda line: _text(line.record.industry), lambda line: line.record.industry, usual=False),
    Column("people", pgettext_lazy("column", "People"), lambda line: marks.count(line.people), lambda line: line.people, num=True),
    TAGS,
    OPEN,
    TOUCHED,
    NEW,
)  # fmt: skip


def _person(line: Line[Contact]) -> SafeString:
    words = line.record.name or marks.shown_point("phone", line.record.name_key) or marks.nobody()
    return _rowlink("contact", line.record.pk, words)


def _work(line: Line[Contact]) -> SafeString:
    if line.work is None:
        return marks.NOTHING
    title = format_html('<div class="k-12 k-3 k-cut">{}</div>', line.work.title) if line.work.title else ""
    return format_html("{}{}", marks.link("company", line.work.company_id, line.work.company.name), title)


CONTACTS: tuple[Column, ...] = (
    Column("name", _("Person"), _person, lambda line: line.record.name or line.record.name_key, sort="name"),
    Column("company", _("Company"), _work, lambda line: line.work.company.name if line.work else ""),
    Column("title", _("Position"), lambda line: _text(line.work.title if line.work else ""), lambda line: line.work.title if line.work else "", usual=False),
    Column(
        "role", _("Role"), lambda line: _text(str(marks.ROLES.get(line.work.buying_role, "")) if line.work else ""),
        lambda line: str(marks.ROLES.get(line.work.buying_role, "")) if line.work else "",
    ),
    Column("phone", _("Phone"), *_points("phone")),
    Column("email", _("E-mail"), *_points("email")),
    Column(CITY.key, CITY.words, CITY.cell, CITY.plain, usual=False),
    Column("brought", _("Recommendations"), lambda line: marks.count(line.brought.leads), lambda line: line.brought.leads, num=True, usual=False),
    TAGS,
    OPEN,
    TOUCHED,
    NEW,
)  # fmt: skip


def _lead_name(line: LeadLine) -> SafeString:
    return _rowlink("lead", line.lead.pk, name_of(line.lead))


def _stage(line: LeadLine) -> SafeString:
    lead = line.lead
    mark = "" if lead.state == "open" else format_html(" {}", marks.state(lead.state))
    return format_html("{}{}", lead.stage.name, mark)


def _owner(line: LeadLine) -> SafeString | str:
    if line.lead.owner:
        return str(line.lead.owner.name)
    waits = line.lead.queue.name if line.lead.queue else ""
    return (
        format_html('<span class="k-3">{}</span>', _("queue: %(role)s") % {"role": waits})
        if waits
        else marks.NOTHING
    )


def _step(line: LeadLine) -> SafeString | str:
    task = line.lead.next_task
    if task is None or line.lead.state != "open":
        return marks.NOTHING
    late = task.due_at and task.due_at < timezone.now()
    sign = icon("clock-exclamation", "s", label=str(_("overdue")), tone="bad") if late else ""
    tone = "bad" if late else "3"
    due = (
        format_html(' <span class="k-nw k-{}">{} {}</span>', tone, sign, marks.moment(task.due_at))
        if task.due_at
        else ""
    )
    return format_html("{}{}", task.title, due)


def _amount(line: LeadLine) -> SafeString | str:
    return (
        formats.money(line.amount, line.lead.currency, language())
        if line.amount is not None
        else marks.NOTHING
    )


def _name(value: Any) -> str:
    return value.name if value is not None else ""


LEADS: tuple[Column, ...] = (
    Column("name", pgettext_lazy("column", "Lead"), _lead_name, lambda line: name_of(line.lead), sort="name"),
    Column("person", _("Person"), lambda line: _text(line.lead.contact.short_name if line.lead.contact else ""), lambda line: person_of(line.lead)),
    Column("stage", _("Stage"), _stage, lambda line: line.lead.stage.name),
    Column("owner", _("Owner"), _owner, lambda line: _name(line.lead.owner)),
    Column("step", _("Next step"), _step, lambda line: line.lead.next_task.title if line.lead.next_task else ""),
    Column("amount", _("Amount"), _amount, lambda line: line.amount, sort="amount", num=True),
    Column("currency", _("Currency"), lambda line: line.lead.currency, lambda line: line.lead.currency, usual=False),
    TAGS,
    Column("touches", _("Touches"), lambda line: marks.count(line.counted), lambda line: line.counted, num=True),
    Column("temperature", _("Temperature"), lambda line: str(marks.TEMPERATURES[line.lead.temperature]), lambda line: str(marks.TEMPERATURES[line.lead.temperature]), usual=False),
    Column("origin", _("Source"), lambda line: _text(_name(line.lead.origin)), lambda line: _name(line.lead.origin), usual=False),
    Column("page", _("Page"), lambda line: _text(_name(line.lead.page)), lambda line: _name(line.lead.page), usual=False),
    Column("product", _("Product"), lambda line: _text(_name(line.lead.product)), lambda line: _name(line.lead.product), usual=False),
    Column("telemarketer", _("Telemarketer"), lambda line: _text(_name(line.lead.telemarketer)), lambda line: _name(line.lead.telemarketer), usual=False),
    Column("closer", _("Closer"), lambda line: _text(_name(line.lead.closer)), lambda line: _name(line.lead.closer), usual=False),
    Column("conveyor", _("Conveyor"), lambda line: line.lead.conveyor.name, lambda line: line.lead.conveyor.name, usual=False),
    Column("arrived", pgettext_lazy("column", "Came in"), lambda line: day_short(line.lead.arrived_on), lambda line: line.lead.arrived_on, sort="arrived"),
    Column("won", pgettext_lazy("column", "Won on"), lambda line: day_short(line.lead.won_on), lambda line: line.lead.won_on, usual=False),
    Column("state", _("State"), lambda line: marks.state(line.lead.state), lambda line: str(marks.STATES[line.lead.state][1]), usual=False),
)  # fmt: skip

SUBJECTS = {"companies": "company", "people": "contact", "leads": "lead"}
OWN = "own."  # what the keys of columns of the workspace's own fields begin with


def columns_of(workspace_id: UUID, name: str) -> tuple[Column, ...]:
    """All columns that a list of this workspace may have: the usual ones and its own fields. One query."""
    own = fields_of(workspace_id, SUBJECTS[name], in_use=True)
    return (*BY_LIST[name], *(_own(field) for field in own))


def _own(field: CustomField) -> Column:
    def cell(line: Any) -> SafeString | str:
        return shown(line.own[field.pk]) if field.pk in line.own else marks.NOTHING

    num = field.kind in ("number", "money")
    return Column(
        f"{OWN}{field.key}"[:30],
        field.name,
        cell,
        lambda line: plain_own(line.own.get(field.pk)),
        num=num,
        usual=False,
    )


BY_LIST: dict[str, tuple[Column, ...]] = {"companies": COMPANIES, "people": CONTACTS, "leads": LEADS}


def usual(columns: Sequence[Column]) -> list[str]:
    """Keys of the columns shown to somebody who chose none."""
    return [column.key for column in columns if column.usual]


def keys(columns: Sequence[Column]) -> list[str]:
    """Keys of all columns."""
    return [column.key for column in columns]


def plain(value: Any) -> Any:
    """A value for a file: moments without their zone, in the reader's; text and numbers as they are."""
    if hasattr(value, "tzinfo") and value.tzinfo is not None:
        return timezone.localtime(value).replace(tzinfo=None)
    return (
        value
        if isinstance(value, int | Decimal | str) or value is None or hasattr(value, "isoformat")
        else str(value)
    )
