"""The curriculum of works and goals: references, topics, choices, cycles, lint, order."""
