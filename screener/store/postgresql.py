"""The same rows in PostgreSQL, for a clinic with several machines; its administrators see sealed bytes."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store.database import NotSaved, named_tables

_GUARDED = {"sslmode": "verify-full", "require_auth": "scram-sha-256", "channel_binding": "require"}
_ONE_WRITER = 0x5C4EE4E4
"""Number of the lock that lets one transaction write at a time, as ``BEGIN IMMEDIATE`` does in SQLite."""
_PATIENCE = 5
"""Seconds to wait for a server that does not answer."""
SETTINGS = (
    ("synchronous_commit", "on"),
    ("lock_timeout", f"{_PATIENCE}s"),
    # A terminal that hangs in the middle of a write must not stop all others from writing.
    ("idle_in_transaction_session_timeout", f"{2 * _PATIENCE}s"),
    ("client_min_messages", "error"),
)
"""Settings of every connection, over those of the server: the name, and the value as the server returns it."""
_NO_LIMIT = "SET LOCAL idle_in_transaction_session_timeout = 0; "
"""For whoever opens many sealed rows without asking the server for more; who only reads stops nobody meanwhile."""
_WRITING = f"SELECT pg_advisory_xact_lock({_ONE_WRITER})"
_WRITING_LONG = f"{_NO_LIMIT}SELECT pg_advisory_xact_lock({_ONE_WRITER})"
_READING = f"{_NO_LIMIT}SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def guarded(address: str) -> dict[str, Any]:
    """Return what is asked of the way to a server on another machine, unless the address says otherwise.

    The server shows a certificate for its name, and proves that it knows the password, over this very connection. Raise
    ``ScreenerError`` for an address that is none; it is not repeated, as there may be a password in it.
    """
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        settings = conninfo_to_dict(address)
    except psycopg.Error:
        raise ScreenerError(
            _("The address of the database has a mistake. Write it like postgresql://name@host/database.")
        ) from None
    host = str(settings.get("host") or settings.get("hostaddr") or "")
    if all(not part or part.startswith(("/", "@")) for part in host.split(",")):
        return {}  # A socket of this machine.
    return {name: value for name, value in _GUARDED.items() if name not in settings}


class PostgreSQL:
    """One connection to one database. Raise ``ScreenerError`` if it fails, or psycopg is not installed."""

    def __init__(self, address: str) -> None:
        try:
            import psycopg
        except ImportError:
            raise ScreenerError(
                "A store in PostgreSQL needs psycopg. Run: pip install 'screener[postgresql]'"
            ) from None
        # What it has to say of a broken connection is in the error; a log would be written across the screen.
        logging.getLogger("psycopg").setLevel(logging.CRITICAL)
        self._psycopg = psycopg
        self._address = address
        try:
            self._connection = self._connected()
            self._create_tables()
        except psycopg.Error as error:
            unreached = _("The database cannot be reached: {reason}")
            raise ScreenerError(unreached.format(reason=_first_line(error))) from None

    def _create_tables(self) -> None:
        """Create the tables that there are not. A terminal needs no right to create any, once they are there."""
        with self.reading() as rows:
            present = {name for (name,) in rows.all("SELECT relname FROM pg_class WHERE pg_table_is_visible(oid)")}
        missing = [statement for name, statement in named_tables("BYTEA") if name not in present]
        if missing:
            try:
                with self.writing() as rows:
                    for statement in missing:
                        rows.run(statement)
            except NotSaved:
                raise ScreenerError(
                    _("The database does not have all tables, and this account may not create them. Ask its owner.")
                ) from None

    def _connected(self) -> Any:
        return self._psycopg.connect(
            self._address,
            **guarded(self._address),
            autocommit=True,
            connect_timeout=_PATIENCE,
            keepalives_idle=_PATIENCE,
            keepalives_interval=_PATIENCE,
            keepalives_count=3,
            tcp_user_timeout=3 * _PATIENCE * 1000,
            application_name="screener",
            options=" ".join(f"-c {name}={value}" for name, value in SETTINGS),
        )

    @contextmanager
    def writing(self, *, long: bool = False) -> Iterator[PostgreSQL]:
        with self._transaction(_WRITING_LONG if long else _WRITING):
            yield self

    @contextmanager
    def reading(self) -> Iterator[PostgreSQL]:
        with self._transaction(_READING):
            yield self

    @contextmanager
    def _transaction(self, first: str) -> Iterator[None]:
        try:
            try:
                begun = self._begun(first)
            except self._psycopg.OperationalError:
                if not self._connection.closed:
                    raise
                # The server was away since this connection was last used, and may be back.
                self._connection = self._connected()
                begun = self._begun(first)
            with begun:
                yield
        except self._psycopg.OperationalError:
            # Its reason names the server and its port, and this is read on pages too.
            raise NotSaved(_("The clinic's server does not respond.")) from None
        except self._psycopg.Error as error:
            raise NotSaved(_("It could not be kept: {reason}.").format(reason=_first_line(error).rstrip("."))) from None

    def _begun(self, first: str) -> ExitStack:
        with ExitStack() as stack:
            stack.enter_context(self._connection.transaction())
            self._connection.execute(first)
            return stack.pop_all()

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> int:
        return int(self._connection.execute(statement.replace("?", "%s"), parameters).rowcount)

    def all(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._connection.execute(statement.replace("?", "%s"), parameters).fetchall()
        return rows

    def stamp(self) -> str:
        """Return which transactions of the server are over and which are under way."""
        with self.reading() as rows:
            return str(rows.all("SELECT pg_current_snapshot()::text")[0][0])

    def require_room(self) -> None:
        """Do nothing: a server does not say how much room it has."""

    def shrink(self) -> bool:
        """Rewrite the tables without their deleted rows; return ``False`` if another connection uses them now.

        Administrators have to remove the server's log and their own copies themselves.
        """
        try:
            for table in ("response", "remark", "alarm", "return_code", "person", "appointment_code"):
                self._connection.execute(f"VACUUM (FULL) {table}")
        except self._psycopg.Error:
            return False
        return True

    def close(self) -> None:
        with suppress(self._psycopg.Error):
            self._connection.close()


def _first_line(error: Exception) -> str:
    """Return the first line of the server's message; it never holds a value of a row."""
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).removesuffix(".") + "."
