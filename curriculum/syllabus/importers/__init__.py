"""What other programs know of a work: text and bytes to values, and values to a draft."""
