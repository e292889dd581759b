"""Turn the text of syllabi and settings into values that know their places."""
