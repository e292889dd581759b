"""The fourth schema: what only facts of one kind have is a JSON object, as in exports.

A new kind of fact, or a new field of one, then needs no migration. The command stays a column:
`undone` names it.
"""

from __future__ import annotations

# Older schemas keep the times of a session as minutes since the epoch, exports as instants.
_INSTANT = "strftime('%Y-%m-%dT%H:%M:%SZ', {column} * 60, 'unixepoch')"

# A merge patch drops the keys whose value is null (RFC 7396 §2): columns the kind does not use.
# Lines imported by hand could lack the minutes of study, which counted as none.
_PAYLOAD = f"""
    json_patch('{{}}', json_object(
        'unit', unit,
        'minutes', CASE WHEN kind IN ('studied', 'stopped', 'left') THEN ifnull(minutes, 0)
                        ELSE minutes END,
        'pages', CASE WHEN first_page IS NULL THEN NULL ELSE json_array(first_page, last_page) END,
        'session', session,
        'start', {_INSTANT.format(column="start")},
        'end', {_INSTANT.format(column='"end"')},
        'target', target,
        'result', result,
        'entry', json(entry)
    ))
"""

MOVE_TO_PAYLOADS = (
    """
    CREATE TABLE fact_with_payload (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        command TEXT NOT NULL,
        at INTEGER NOT NULL,
        zone TEXT NOT NULL,
        kind TEXT NOT NULL,
        payload TEXT NOT NULL
    )
    """,
    f"""
    INSERT INTO fact_with_payload
    SELECT number, id, command, at, zone, kind, {_PAYLOAD} FROM fact ORDER BY number
    """,
    # Dropping a table runs no trigger and takes its own with it, so that they are made again.
    "DROP TABLE fact",
    "ALTER TABLE fact_with_payload RENAME TO fact",
    """
    CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
    BEGIN SELECT RAISE(ABORT, 'facts never change'); END
    """,
    """
    CREATE TRIGGER fact_is_never_removed BEFORE DELETE ON fact
    BEGIN SELECT RAISE(ABORT, 'facts never go'); END
    """,
)
