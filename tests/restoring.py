"""Puts a PostgreSQL database back as it was, which is much cheaper than making it again."""

from __future__ import annotations

from sqlalchemy import Connection, text

from models.database import Database

Marks = dict[str, tuple[int, int]]
"""By table how many rows it has, and which transaction wrote last of those that it has."""

KEEP_SEQUENCES = text(
    "CREATE TABLE kept.sequences AS SELECT quote_ident(sequencename) AS name, "
    "coalesce(last_value, start_value) AS value, last_value IS NOT NULL AS is_called "
    "FROM pg_sequences WHERE schemaname = 'public'"
)
PUT_SEQUENCES_BACK = text("SELECT setval('public.' || name, value, is_called) FROM kept.sequences")
HASTE = (
    # Rows come back in any order, so no promise between tables is looked at meanwhile.
    text("SET LOCAL session_replication_role = replica"),
    text("SET LOCAL lock_timeout = '5s'"),
)


def keep(database: Database) -> None:
    """Lays all rows aside within the database, from where every copy of it can be put back."""
    with database.engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA kept"))
        for table in _tables(connection):
            connection.execute(text(f"CREATE TABLE kept.{table} AS TABLE public.{table}"))
        connection.execute(KEEP_SEQUENCES)


def marks(database: Database) -> Marks:
    """What tells whether a table has changed."""
    with database.engine.begin() as connection:
        return _marks(connection, _tables(connection))


def put_back(database: Database, known: Marks) -> None:
    """Makes the tables as they were kept; `known` are the marks of then, and are brought up."""
    with database.engine.begin() as connection:
        for command in HASTE:
            connection.execute(command)
        now = _marks(connection, known)
        changed = [table for table in known if now[table] != known[table]]
        for table in changed:
            connection.execute(text(f"DELETE FROM public.{table}"))
            connection.execute(text(f"INSERT INTO public.{table} SELECT * FROM kept.{table}"))
        connection.execute(PUT_SEQUENCES_BACK)
        known |= _marks(connection, changed)


def _tables(connection: Connection) -> list[str]:
    found = text(
        "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    )
    return list(connection.scalars(found))


def _marks(connection: Connection, tables: list[str] | Marks) -> Marks:
    """A row has the number of the transaction that wrote it, also when it is a new version."""
    counted = " UNION ALL ".join(
        f"SELECT '{table}', count(*), coalesce(max(xmin::text::bigint), 0) FROM public.{table}"
        for table in tables
    )
    if not counted:
        return {}
    return {table: (rows, last) for table, rows, last in connection.execute(text(counted))}
