"""The database roles. `doctor` prints the same statements for whoever runs an outside server.

- konveyer_owner owns the database and the tables: migrations and bulk load.
- konveyer_app is what web, worker, streams and door use: neither owner nor superuser, always under row-level security.
- konveyer_sweep reads across workspaces (what is due, reconcile), by a policy of its own, and can write nothing.
- konveyer_search cannot sign in. It owns the search functions, which look past row-level security because the
  operators of full-text search would lose their index under it; each function names the workspace itself.
"""

import psycopg
from psycopg import sql

from konveyer.adapters.postgres.settings import DATABASE

OWNER = "konveyer_owner"
APP = "konveyer_app"
SWEEP = "konveyer_sweep"
SEARCH = "konveyer_search"

ATTRIBUTES = {
    OWNER: "LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS",
    APP: "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE",
    SWEEP: "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE",
    SEARCH: "NOLOGIN NOSUPERUSER BYPASSRLS",
}


def statements() -> list[str]:
    """What makes the roles right, in order; each may be run again."""
    lines = [
        f"DO $$ BEGIN CREATE ROLE {name}; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        for name in ATTRIBUTES
    ]
    lines += [f"ALTER ROLE {name} {attributes}" for name, attributes in ATTRIBUTES.items()]
    lines += [
        f"ALTER ROLE {SWEEP} SET default_transaction_read_only = on",
        f"GRANT pg_read_all_data TO {SWEEP}",
        # May hand a function to the search role, but does not silently act with its rights.
        f"GRANT {SEARCH} TO {OWNER} WITH INHERIT FALSE, SET TRUE",
        # Lets bulk_insert check the keys of many rows at once instead of row by row (see konveyer.kit.postgres).
        f"GRANT SET ON PARAMETER session_replication_role TO {OWNER}",
    ]
    return lines


def ensure(connection: psycopg.Connection) -> None:
    """Make roles and database as they should be. Wants a superuser's connection in autocommit. Safe to repeat."""
    connection.execute("SELECT pg_advisory_lock(hashtext('konveyer roles'))")
    connection.execute("SET client_min_messages = warning")
    for line in statements():
        connection.execute(line)
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
        )
    connection.execute("SELECT pg_advisory_unlock(hashtext('konveyer roles'))")


def unsafe_app_role(connection: psycopg.Connection) -> str | None:
    """The name of the connected role if row-level security would not hold it, else None.

    A superuser, a role with BYPASSRLS and the owner of a table see the rows of every workspace.
    """
    row = connection.execute(
        """
        select current_user from pg_roles r where r.rolname = current_user and (
          r.rolsuper or r.rolbypassrls
          or exists (select 1 from pg_class c where c.relkind in ('r', 'p') and c.relowner = r.oid))
        """
    ).fetchone()
    return str(row[0]) if row else None
