"""Views of lists: kept, shared, changed, opened first."""

import pytest
from django.db import IntegrityError, connection, transaction

from konveyer.domain.journal.models import Entry
from konveyer.domain.lists.models import SavedView, UsualView
from konveyer.domain.lists.operations import ViewFacts, change_view, drop_view, keep_view, open_with
from konveyer.domain.lists.queries.views import usual_view, views
from konveyer.domain.lists.rules.selection import selection
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Stale
from tests.refusals import refused
from tests.world import NOON, World

pytestmark = pytest.mark.django_db


def keep(world: World, by: str, name: str, list_name: str = "leads", **more: object) -> SavedView:
    facts = {"query": {"state": "open"}} | more
    return keep_view(actor=world.actor(by), at=NOON, list_name=list_name, facts=ViewFacts(name, **facts))  # type: ignore[arg-type]


def seen(world: World, who: str, list_name: str = "leads") -> list[str]:
    return [view.name for view in views(world.actor(who), list_name)]


def test_a_selection_keeps_what_the_list_knows_in_its_plain_form() -> None:
    chosen = selection(
        "leads", {"state": "open", "q": " kama ", "sort": "-amount", "after": "x", "csrf": "y"}
    )
    assert (chosen.query, chosen.sort) == ({"state": "open", "q": "kama"}, "-amount")
    people = selection("people", {"leads": "won", "from": "2026-01-31", "sort": "price"})
    assert (people.query, people.sort) == ({"leads": "won", "from": "2026-01-31"}, "")
    for name, query in (("deals", {}), ("leads", {"state": "sold"}), ("people", {"from": "January"})):
        with pytest.raises(Invalid):
            selection(name, query)


@pytest.mark.shows("I3.views-bulk")
def test_views_are_ones_own_the_teams_or_everybodys(world: World) -> None:
    keep(world, "Alina", "mine")
    keep(world, "Alina", "of calls", shared="team")
    keep(world, "Anna", "for all", shared="all")
    keep(world, "Anna", "people", "people", query={"leads": "won"})
    assert seen(world, "Alina") == ["mine", "of calls", "for all"]
    assert seen(world, "Pavel") == ["for all", "of calls"]  # one team with Alina
    assert seen(world, "Marina") == ["for all"]
    assert seen(world, "Anna", "people") == ["people"]
    with pytest.raises(Forbidden):
        keep(world, "Alina", "too wide", shared="all")
    with refused("view_taken"):
        keep(world, "Alina", "mine")


@pytest.mark.shows("I3.views-bulk")
def test_a_view_is_changed_by_its_owner_or_who_gives_work_and_never_over_anothers_change(
    world: World,
) -> None:
    view = keep(world, "Alina", "of calls", shared="team")
    facts = ViewFacts("late", {"waits": "late", "sort": "name"}, ("name", "owner"), "team", pinned=False)
    changed = change_view(actor=world.actor("Anna"), at=NOON, view_id=view.pk, version=1, facts=facts)
    assert (changed.query, changed.sort, changed.columns, changed.pinned, changed.version) == (
        {"waits": "late"}, "name", ["name", "owner"], False, 2,
    )  # fmt: skip
    with pytest.raises(Stale):
        change_view(actor=world.actor("Alina"), at=NOON, view_id=view.pk, version=1, facts=facts)
    with pytest.raises(Forbidden):
        change_view(actor=world.actor("Pavel"), at=NOON, view_id=view.pk, version=2, facts=facts)
    with pytest.raises(NotFound):
        drop_view(actor=world.actor("Marina"), at=NOON, view_id=view.pk)
    said = Entry.objects.filter(subject_id=view.pk, action="changed").get()
    assert (said.before["name"], said.after["name"]) == ("of calls", "late")


@pytest.mark.shows("I3.views-bulk")
def test_a_list_opens_with_the_usual_view_until_it_is_dropped_or_no_longer_shared(world: World) -> None:
    view = keep(world, "Anna", "for all", shared="all")
    pavel = world.actor("Pavel")
    open_with(actor=pavel, list_name="leads", view_id=view.pk)
    assert usual_view(pavel, "leads") == view
    assert usual_view(world.actor("Alina"), "leads") is None
    change_view(
        actor=world.actor("Anna"),
        at=NOON,
        view_id=view.pk,
        version=1,
        facts=ViewFacts("mine now", {}, shared="own"),
    )
    assert usual_view(pavel, "leads") is None
    open_with(actor=world.actor("Anna"), list_name="leads", view_id=view.pk)
    drop_view(actor=world.actor("Anna"), at=NOON, view_id=view.pk)
    assert not UsualView.objects.filter(member=world.people["Anna"]).exists()
    with pytest.raises(NotFound):
        open_with(actor=pavel, list_name="leads", view_id=view.pk)


@pytest.mark.parametrize(
    "statement",
    [
        "update saved_view set list = 'deals'",
        "update saved_view set shared = 'some'",
        "update saved_view set name = ''",
    ],
)
def test_the_database_itself_refuses(world: World, statement: str) -> None:
    keep(world, "Anna", "mine")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
