"""From run logs and published results to verdicts; VERDICTS.md says how and why."""
