"""No row leaves its workspace: policies on every table, composite keys, an error without a workspace."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from konveyer.domain.workspace.models import Member, MemberRole, Role
from konveyer.kit import tenancy
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.shows("I2.workspaces")
def test_every_workspace_table_is_closed() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
             where c.relkind in ('r', 'p') and a.attname = 'workspace_id' and not a.attisdropped
               and c.relnamespace = 'public'::regnamespace
               and (not c.relrowsecurity or not exists (
                     select 1 from pg_policies p where p.tablename = c.relname and p.policyname = 'own_workspace'))
            """
        )
        assert cursor.fetchall() == []


@pytest.mark.shows("I2.workspaces")
def test_every_key_inside_a_workspace_is_composite() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select conrelid::regclass::text, conname from pg_constraint k
             where contype = 'f' and array_length(conkey, 1) = 1
               and exists (select 1 from pg_attribute where attrelid = k.conrelid and attname = 'workspace_id')
               and exists (select 1 from pg_attribute where attrelid = k.confrelid and attname = 'workspace_id')
            """
        )
        assert cursor.fetchall() == []


@pytest.mark.shows("I2.workspaces")
def test_without_a_workspace_a_query_fails_aloud() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        list(Member.objects.all())


@pytest.mark.shows("I2.workspaces")
def test_the_application_role_has_no_power(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("select count(*) from pg_tables where tableowner = current_user")
        assert cursor.fetchone() == (0,)


@pytest.mark.shows("I2.workspaces")
def test_a_twin_workspace_is_invisible_and_out_of_reach(world: World) -> None:
    with tenancy.enter(world.twin.id):
        foreign = Role.objects.get(code="closer")
    with tenancy.enter(world.workspace.id):
        assert not Role.objects.filter(pk=foreign.pk).exists()
        MemberRole.objects.create(workspace=world.workspace, member=world.owner, role_id=foreign.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.check_constraints()
        MemberRole.objects.filter(role_id=foreign.pk).delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            Role.objects.create(workspace=world.twin, code="spy", name="Spy")
