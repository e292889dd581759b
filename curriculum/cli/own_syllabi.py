"""Say what became of a syllabus that was copied into the workspace."""

from __future__ import annotations

from curriculum.services.own_syllabi import CopiedWork


def copied_line(copied: CopiedWork) -> str:
    """Return where a built-in work was copied to."""
    return f"copied {copied.work} to {copied.file}; it is planned as before until you change it"
