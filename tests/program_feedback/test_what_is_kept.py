"""What is in the database says nothing about who wrote what, whoever reads it: columns, rows, files, server log."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Boolean, Date, Integer, LargeBinary, String, text
from sqlalchemy.engine import make_url

from bot import models, sealing
from bot.database import Database, EncryptedText
from tests.program_feedback.company import Company, answers
from tests.support.engines import Servers

COLUMNS = {
    "fb_cycle": {
        "id": String, "pepper_check": LargeBinary, "k": Integer, "k_text": Integer, "dimension": String,
        "pubkey": LargeBinary, "opens": Date, "closes": Date, "window": Integer, "is_steward": Boolean, "state": String,
    },
    "fb_box": {"cycle_id": String, "tag": LargeBinary, "box1": LargeBinary, "box2": LargeBinary, "box3": LargeBinary},
    "fb_release": {"cycle_id": String, "slot": LargeBinary, "field": String, "value": EncryptedText},
    "fb_table": {"cycle_id": String, "payload": EncryptedText},
    "fb_thread": {
        "thread_id": LargeBinary, "seq": Integer, "side": String, "box": LargeBinary, "words": EncryptedText,
        "is_held": Boolean,
    },
}  # fmt: skip
OURS = {name: table for name, table in models.TABLES.tables.items() if name.startswith("fb_")}


def test_the_tables_hold_these_columns_and_no_other() -> None:
    kept = {name: {column.name: type(column.type) for column in table.columns} for name, table in OURS.items()}
    assert kept == COLUMNS
    assert not [key for table in OURS.values() for key in table.foreign_keys]
    assert not [table for table in OURS.values() if table.autoincrement_column is not None]


async def test_no_row_has_a_number_that_tells_its_order(db: Database) -> None:
    async with db.engine.connect() as connection:
        if not db.is_sqlite:
            counted = await connection.execute(
                text(
                    "SELECT column_name FROM information_schema.columns WHERE table_name LIKE 'fb\\_%' AND"
                    " (is_identity = 'YES' OR column_default IS NOT NULL)"
                )
            )
            assert counted.all() == []
            return
        made = (
            await connection.execute(text("SELECT sql FROM sqlite_master WHERE name IN ('fb_box', 'fb_release')"))
        ).scalars()
        assert all(sql.rstrip().endswith("WITHOUT ROWID") for sql in made)


WORDS = "canary-{}-parrot"


def hunted(company: Company, servers: Servers) -> bytes:
    """Every byte that the database keeps, on the disk and in a dump; on PostgreSQL also in its write-ahead log and in
    the log of its server."""
    url = company.db.engine.url
    if company.db.is_sqlite:
        file = Path(str(url.database))
        with sqlite3.connect(file) as connection:
            dump = "\n".join(connection.iterdump())
        return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*")) + dump.encode()
    server = make_url(str(servers.server())).set(database=url.database).render_as_string(hide_password=False)
    with psycopg.connect(server) as opened:
        opened.execute("CHECKPOINT")
        rows = [row for name in models.TABLES.tables for row in opened.execute(f'TABLE "{name}"'.encode())]
        where = "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
        folder, ours = opened.execute(where).fetchone() or ("", 0)
    kept = Path(folder)
    files = [*(kept / "base" / str(ours)).iterdir(), *(kept / "pg_wal").glob("0*"), *kept.glob("log*")]
    return b"".join(one.read_bytes() for one in files if one.is_file()) + str(rows).encode()


async def test_nobodys_words_are_found_anywhere_while_the_cycle_is_open(company: Company, servers: Servers) -> None:
    if not company.db.is_sqlite:
        await logged_by_the_server(company)
    for number in range(200):
        who = company.members[number % len(company.members)]
        await company.sends(who, answers(3, WORDS.format(number), WORDS.format(number + 1000)))
    found = hunted(company, servers)
    assert b"canary" not in found
    assert b"parrot" not in found
    assert (b"CREATE TABLE fb_box" if company.db.is_sqlite else b"INSERT INTO fb_box") in found  # it was looked at
    async with company.db.engine.connect() as connection:
        for name in OURS:
            rows = (await connection.execute(text(f'SELECT * FROM "{name}"'))).all()  # noqa: S608  (a name of ours)
            assert not any(who in str(row) for row in rows for who in company.members)


async def logged_by_the_server(company: Company) -> None:
    async with company.db.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None
        await raw.driver_connection.set_autocommit(True)
        name = company.db.engine.url.database
        await raw.driver_connection.execute(f"ALTER DATABASE \"{name}\" SET log_statement = 'all'")
        await raw.driver_connection.set_autocommit(False)
    await company.db.engine.dispose()


@pytest.mark.parametrize("length", [0, 1, 500, 3000])
@pytest.mark.parametrize("letter", ["a", "\N{UNICORN FACE}", "\n", '"'])
def test_every_box_has_the_same_length(letter: str, length: int) -> None:
    private, public = sealing.new_key()
    box = sealing.seal(public, (letter * length).encode(), b"cycle")
    assert len(box) == sealing.PLAIN_BYTES + 48
    assert sealing.open(private, box, b"cycle") == (letter * length).encode()
