"""`bulk_insert`: what row-wise keys refuse it refuses too, and it lends its rights to nobody."""

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from konveyer.domain.labels.models import CustomField, FieldOption, FieldValue
from konveyer.domain.people.models import Company
from konveyer.domain.workspace.models import MemberRole, Role
from konveyer.kit import tenancy
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.shows("I2.workspaces", "P6")]


def stage(*rows: tuple[UUID, UUID, UUID]) -> None:
    """Members and their roles, as an import stages them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table staged_rows (id uuid, member_id uuid, role_id uuid) on commit drop"
        )
        cursor.executemany("insert into staged_rows values (%s, %s, %s)", rows)
        cursor.execute("grant select on staged_rows to public")


def bulk(target: str = "member_role", moving: str = "{id,member_id,role_id}", fixed: str = "{}") -> int:
    with connection.cursor() as cursor:
        cursor.execute("select bulk_insert(%s, %s, %s, false)", [target, moving, fixed])
        return int(cursor.fetchone()[0])


def refused(why: str, error: type[DatabaseError] = DatabaseError, **call: str) -> None:
    with pytest.raises(error, match=why), transaction.atomic():
        bulk(**call)


def unstage() -> None:
    with connection.cursor() as cursor:
        cursor.execute("drop table staged_rows")


def free_role(world: World) -> UUID:
    """A role that the owner does not have yet."""
    return Role.objects.create(workspace=world.workspace, code="spare", name="Spare").pk


def test_rows_go_into_the_workspace_that_was_entered(world: World) -> None:
    role = free_role(world)
    stage((uuid4(), world.owner.pk, role))
    assert bulk(fixed=f'{{"workspace_id": "{world.twin.pk}"}}') == 1
    assert MemberRole.objects.get(role_id=role).workspace_id == world.workspace.pk
    connection.check_constraints()


def test_a_parent_that_is_not_there_or_elsewhere_is_refused_at_once(world: World) -> None:
    with tenancy.enter(world.twin.pk):
        foreign = Role.objects.get(code="closer").pk
    for role in (uuid4(), foreign):
        stage((uuid4(), world.owner.pk, role))
        refused("role_id", IntegrityError)
        unstage()
    stage((uuid4(), world.owner.pk, uuid4()))
    refused("role_id", IntegrityError, moving="{id,member_id}", fixed=f'{{"role_id": "{foreign}"}}')


def test_row_wise_checks_are_on_again_afterwards(world: World) -> None:
    stage((uuid4(), world.owner.pk, free_role(world)))
    bulk()
    with connection.cursor() as cursor:
        cursor.execute("show session_replication_role")
        assert cursor.fetchone() == ("origin",)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")


@pytest.mark.parametrize("target", ["account", "pg_catalog.pg_class", "django_migrations"])
def test_only_tables_of_a_workspace(world: World, target: str) -> None:
    stage()
    refused("no bulk insert", target=target, moving="{id}")


@pytest.mark.parametrize(
    "made",
    [
        "create temporary view staged_rows as select id from member",
        "create temporary table staged_rows (id uuid); create index on staged_rows (id)",
        "create temporary table staged_rows (id uuid); alter table staged_rows enable row level security",
        "create domain pg_temp.odd as uuid; create temporary table staged_rows (id pg_temp.odd)",
    ],
)
def test_only_a_plain_temporary_table_is_read(world: World, made: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(made)
    refused("plain temporary table", moving="{id}")


def test_nobody_names_the_workspace_as_a_column(world: World) -> None:
    stage()
    refused("insufficient_privilege|bulk_insert", moving="{id,workspace_id}")


def test_our_own_triggers_always_fire(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """select t.tgrelid::regclass::text, t.tgname from pg_trigger t join pg_attribute a
                 on a.attrelid = t.tgrelid and a.attname = 'workspace_id' where not t.tgisinternal and t.tgenabled <> 'A'"""
        )
        assert cursor.fetchall() == []


def test_without_a_workspace_nothing_goes_in() -> None:
    stage()
    with pytest.raises(DatabaseError):
        bulk()


def test_keys_of_several_columns_are_checked_too(world: World) -> None:
    firm = Company.objects.create(workspace=world.workspace, name="Kama", name_key="kama")
    kinds = {
        kind: CustomField.objects.create(
            workspace=world.workspace, subject="company", key=kind, name=kind, kind=kind
        )
        for kind in ("text", "choice", "choices")
    }
    option = FieldOption.objects.create(workspace=world.workspace, field=kinds["choice"], name="A")

    def staged(field: CustomField, kind: str, option_id: UUID | None, text: str | None) -> dict[str, str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "create temporary table staged_rows (id uuid, field_id uuid, kind varchar, option_id uuid, text text) on commit drop"
            )
            cursor.execute(
                "insert into staged_rows values (%s, %s, %s, %s, %s)",
                [uuid4(), field.pk, kind, option_id, text],
            )
            cursor.execute("grant select on staged_rows to public")
        fixed = f'{{"subject": "company", "company_id": "{firm.pk}", "currency": ""}}'
        return {"target": "field_value", "moving": "{id,field_id,kind,option_id,text}", "fixed": fixed}

    refused("field_value_typed", IntegrityError, **staged(kinds["choice"], "text", None, "a"))
    unstage()
    refused("field_value_its_option", IntegrityError, **staged(kinds["choices"], "choices", option.pk, None))
    unstage()
    wrong = staged(kinds["text"], "text", None, "a")
    refused(
        "field_value_typed",
        IntegrityError,
        **{**wrong, "fixed": wrong["fixed"].replace('"company"', '"lead"', 1)},
    )
    assert bulk(**wrong) == 1
    unstage()
    assert bulk(**staged(kinds["choice"], "choice", option.pk, None)) == 1
    assert FieldValue.objects.filter(company=firm).count() == 2
    connection.check_constraints()
