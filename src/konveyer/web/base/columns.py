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
from konveyer.domain.notes.queries.lead_rows import LeadRow
from konveyer.domain.notes.queries.people_lists import Line
from konveyer.domain.people.models import Company, Contact, ContactPoint
from konveyer.kit import formats
from konveyer.web.base import marks
from konveyer.web.kit.addresses import page_at
from konveyer.web.kit.tags.controls import chip, icon
from konveyer.web.kit.tags.numbers import day_short, language
from konveyer.web.labels.marks import chips as tag_chips
from konveyer.web.labels.words import plain as plain_own
from konveyer.web.labels.words import shown
from konveyer.web.lead.names import lead_name

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
    return format_html('<a class="k-rowlink" data-row-link href="{}">{}</a>', page_at(name, pk), words)


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


def _lead_name(line: LeadRow) -> SafeString:
    return _rowlink("lead", line.pk, _lead(line))


def _lead(line: LeadRow) -> str:
    return lead_name(line.company, line.short_person, line.title)


def _stage(line: LeadRow) -> SafeString | str:
    return line.stage if line.state == "open" else format_html("{} {}", line.stage, marks.state(line.state))


def _owner(line: LeadRow) -> SafeString | str:
    if line.owner:
        return line.owner
    if not line.queue:
        return marks.NOTHING
    return format_html('<span class="k-3">{}</span>', _("queue: %(role)s") % {"role": line.queue})


def _step(line: LeadRow) -> SafeString | str:
    if line.step is None or line.state != "open":
        return marks.NOTHING
    if line.step_at is None:
        return line.step
    late = line.step_at < timezone.now()
    sign = icon("clock-exclamation", "s", label=str(_("overdue")), tone="bad") if late else ""
    tone = "bad" if late else "3"
    return format_html(
        '{} <span class="k-nw k-{}">{} {}</span>', line.step, tone, sign, marks.moment(line.step_at)
    )


def _amount(line: LeadRow) -> SafeString | str:
    return formats.money(line.amount, line.currency, language()) if line.amount is not None else marks.NOTHING


def _named(key: str) -> tuple[Cell, Callable[[Any], str]]:
    """A name that a lead points at."""

    def name(line: LeadRow) -> str:
        return getattr(line, key) or ""

    return lambda line: _text(name(line)), name


def _temperature(line: LeadRow) -> str:
    return str(marks.TEMPERATURES[line.temperature])


LEADS: tuple[Column, ...] = (
    Column("name", pgettext_lazy("column", "Lead"), _lead_name, _lead, sort="name"),
    Column("person", _("Person"), lambda line: _text(line.short_person), lambda line: line.person),
    Column("stage", _("Stage"), _stage, lambda line: line.stage),
    Column("owner", _("Owner"), _owner, lambda line: line.owner or ""),
    Column("step", _("Next step"), _step, lambda line: line.step or ""),
    Column("amount", _("Amount"), _amount, lambda line: line.amount, sort="amount", num=True),
    Column("currency", _("Currency"), lambda line: line.currency, lambda line: line.currency, usual=False),
    TAGS,
    Column("touches", _("Touches"), lambda line: marks.count(line.counted), lambda line: line.counted, num=True),
    Column("temperature", _("Temperature"), _temperature, _temperature, usual=False),
    Column("origin", _("Source"), *_named("origin"), usual=False),
    Column("page", _("Page"), *_named("page"), usual=False),
    Column("product", _("Product"), *_named("product"), usual=False),
    Column("telemarketer", _("Telemarketer"), *_named("telemarketer"), usual=False),
    Column("closer", _("Closer"), *_named("closer"), usual=False),
    Column("conveyor", _("Conveyor"), lambda line: line.conveyor, lambda line: line.conveyor, usual=False),
    Column("arrived", pgettext_lazy("column", "Came in"), lambda line: day_short(line.arrived_on), lambda line: line.arrived_on, sort="arrived"),
    Column("won", pgettext_lazy("column", "Won on"), lambda line: day_short(line.won_on), lambda line: line.won_on, usual=False),
    Column("state", _("State"), lambda line: marks.state(line.state), lambda line: str(marks.STATES[line.state][1]), usual=False),
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
