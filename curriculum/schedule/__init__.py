"""Pour the units of a curriculum into free time and say why; no YAML, no graph library, no clock, no chance."""
