"""Frames: the member's own wins, else the most generous of his roles'."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konveyer.domain.journal.models import Entry
from konveyer.domain.staff.operations.frames import set_frame
from konveyer.domain.staff.queries.frames import all_frames, frame_of, frames_of
from konveyer.domain.staff.rules.frames import FrameKind, most_generous, read_frame, read_hours
from konveyer.domain.workspace.models import MemberRole, Role
from konveyer.domain.workspace.rules.rights import View
from konveyer.kit.refusal import Forbidden, Invalid
from tests.world import NOON, World


@pytest.mark.shows("I2.members")
@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("discount_percent", "12,5", Decimal("12.50")),
        ("open_leads", "1 000", Decimal(1000)),
        ("export", "0", Decimal(0)),
        ("view", "team", "team"),
        ("hours", "1-5 9:00-18:00", "1-5 09:00-18:00"),
        ("hours", "6 10:00-14:00; 1-5 09:00-18:00", "1-5 09:00-18:00; 6 10:00-14:00"),
        ("hours", "1 09:00-18:00; 2 09:00-18:00", "1-2 09:00-18:00"),
    ],
)
def test_frames_are_read_as_people_write_them(kind: str, text: str, value: Decimal | str) -> None:
    assert read_frame(FrameKind(kind), text) == value


@pytest.mark.shows("I2.members")
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("discount_percent", "101"), ("discount_percent", "-1"), ("discount_percent", "ten"),
        ("discount_percent", "NaN"), ("discount_percent", "1.234"), ("open_leads", "0"), ("open_leads", "2.5"),
        ("open_leads", "1e9"), ("view", "everything"), ("hours", "always"), ("hours", "5-1 09:00-18:00"),
        ("hours", "1 18:00-09:00"), ("hours", "1 09:00-25:00"), ("hours", "1-3 09:00-18:00; 3 10:00-12:00"),
        ("hours", ";"), ("daily_calls", "inf"), ("daily_calls", "9" * 30), ("discount_percent", "1e300"), ("export", "-1e999999"),
    ],
)  # fmt: skip
def test_frames_that_cannot_be_are_refused(kind: str, text: str) -> None:
    with pytest.raises(Invalid):
        read_frame(FrameKind(kind), text)


@given(st.lists(st.decimals(0, 100, places=2), min_size=1))
def test_the_most_generous_number_is_the_largest(values: list[Decimal]) -> None:
    assert most_generous(FrameKind.DISCOUNT_PERCENT, values) == max(values)


def test_the_most_generous_hours_are_the_longest_week() -> None:
    values = ["1-5 09:00-18:00", "1-6 10:00-18:00"]
    assert most_generous(FrameKind.HOURS, values) == "1-6 10:00-18:00"
    assert [span.day for span in read_hours(values[1])] == [1, 2, 3, 4, 5, 6]
    assert most_generous(FrameKind.VIEW, ["own", "team"]) == "team"
    assert most_generous(FrameKind.EXPORT, []) is None


@pytest.mark.django_db
@pytest.mark.shows("I2.members")
def test_own_frame_wins_else_the_most_generous_role(world: World) -> None:
    igor, marina = world.actor("Igor"), world.people["Marina"]
    closer, head = Role.objects.get(code="closer"), Role.objects.get(code="head_of_sales")
    where = world.workspace.pk, marina.pk
    assert frame_of(*where, "discount_percent") is None
    set_frame(actor=igor, at=NOON, kind="discount_percent", value="5", role_id=closer.pk)
    set_frame(actor=igor, at=NOON, kind="discount_percent", value="15", role_id=head.pk)
    assert frame_of(*where, "discount_percent") == Decimal(5)
    MemberRole.objects.create(workspace=world.workspace, member=marina, role=head)
    assert frame_of(*where, "discount_percent") == Decimal(15)
    set_frame(actor=igor, at=NOON, kind="discount_percent", value="3", member_id=marina.pk)
    assert frame_of(*where, "discount_percent") == Decimal(3)
    assert frames_of(*where)[FrameKind.OPEN_LEADS] is None
    assert [(row.holder, row.value) for row in all_frames(world.workspace.pk)] == [
        ("Closer", Decimal(5)), ("Head of sales", Decimal(15)), ("Marina", Decimal(3)),
    ]  # fmt: skip
    set_frame(actor=igor, at=NOON, kind="discount_percent", value="", member_id=marina.pk)
    assert frame_of(*where, "discount_percent") == Decimal(15)
    entry = Entry.objects.filter(subject="member", subject_id=marina.pk).latest("id")
    assert (entry.before, entry.after) == ({"discount_percent": "3.00"}, {"discount_percent": ""})


@pytest.mark.django_db
@pytest.mark.shows("I2.members")
def test_a_view_frame_narrows_and_never_widens_beyond_its_giver(world: World) -> None:
    igor, anna = world.actor("Igor"), world.people["Anna"]
    set_frame(actor=igor, at=NOON, kind="view", value="team", member_id=anna.pk)
    narrowed = world.actor("Anna")
    assert narrowed.view == View.TEAM
    with pytest.raises(Forbidden):
        set_frame(actor=narrowed, at=NOON, kind="view", value="all", member_id=world.people["Alina"].pk)
    with pytest.raises(Forbidden):
        set_frame(actor=narrowed, at=NOON, kind="open_leads", value="9", member_id=world.owner.pk)
    with pytest.raises(Invalid):
        set_frame(actor=igor, at=NOON, kind="view", value="own", role_id=Role.objects.get(code="closer").pk)
    with pytest.raises(Invalid):
        set_frame(actor=igor, at=NOON, kind="export", value="5")
