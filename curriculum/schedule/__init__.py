"""Plan the units of a curriculum in the free time, and say why (see THEORY.md)."""
