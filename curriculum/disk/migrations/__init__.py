"""The steps from each released schema of the journal to the next, in order."""

from __future__ import annotations

from curriculum.disk.migrations import m001_facts, m002_scores, m003_missed, m004_payloads

MIGRATIONS = (
    m001_facts.CREATE_FACTS,
    m002_scores.ADD_SCORES,
    m003_missed.ALLOW_MISSED,
    m004_payloads.MOVE_TO_PAYLOADS,
)
"""The statements of each step; the journal's `user_version` is the number of steps it has taken."""
