"""The first schema: one table of facts that only grows."""

from __future__ import annotations

CREATE_FACTS = (
    """
    CREATE TABLE fact (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        command TEXT NOT NULL,
        kind TEXT NOT NULL,
        at INTEGER NOT NULL,
        zone TEXT NOT NULL,
        unit TEXT,
        minutes INTEGER,
        first_page INTEGER,
        last_page INTEGER,
        session TEXT,
        start INTEGER,
        "end" INTEGER,
        target TEXT
    )
    """,
    """
    CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
    BEGIN SELECT RAISE(ABORT, 'facts never change'); END
    """,
    """
    CREATE TRIGGER fact_is_never_removed BEFORE DELETE ON fact
    BEGIN SELECT RAISE(ABORT, 'facts never go'); END
    """,
)
