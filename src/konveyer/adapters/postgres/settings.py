"""The settings of the embedded server, written anew at every start into `konveyer.conf`.

`ALTER SYSTEM` still wins: postgresql.auto.conf is read last.
"""

DATABASE = "konveyer"
SUPERUSER = "postgres"
PORT = 5432  # only the name of the socket: there is no TCP

FIXED = {
    "listen_addresses": "''",
    "port": PORT,
    "shared_buffers": "256MB",
    "max_connections": 60,
    "jit": "off",
    "random_page_cost": 1.1,
    "wal_compression": "pglz",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "15min",
    "idle_in_transaction_session_timeout": "60s",
    "lock_timeout": "5s",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "log_line_prefix": "'%m [%p] %q%u@%d '",
    "datestyle": "'iso, ymd'",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
}
# Not even here is synchronous_commit off: a killed server must keep what it confirmed, only a power cut may not.
THROWN_AWAY = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": 100,
    "autovacuum_naptime": "10min",
}

HBA = "# Written by Konveyer. Nobody comes in but by the private socket folder, known by his system account.\nlocal all all peer map=konveyer\n"


def conf(*, durable: bool) -> str:
    """The text of konveyer.conf; `durable=False` is for tests alone: a power cut loses everything."""
    values = FIXED if durable else FIXED | THROWN_AWAY
    return "# Written by Konveyer at every start; changes here are lost.\n" + "".join(
        f"{name} = {value}\n" for name, value in values.items()
    )


def ident(*accounts: str) -> str:
    """Who may come in: root and the server's own account, as any database role."""
    names = dict.fromkeys(("root", *accounts))
    return "# Written by Konveyer.\n" + "".join(f'konveyer "{name}" all\n' for name in names)
