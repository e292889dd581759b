"""From run logs and published results to verdicts; files, clocks and schedules are not known here."""
