"""The habits: notebook, reviews, ideas and time, from text and facts to values and back."""
