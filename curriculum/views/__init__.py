"""Values as text, JSON and HTML."""
