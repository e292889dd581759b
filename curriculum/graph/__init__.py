"""Resolve works and goals into a curriculum: references, topics, choices, cycles, lint; no dates and no YAML."""
