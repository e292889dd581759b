"""Turn syllabi of textbooks, theses and papers into a study calendar.

The story runs through the rooms in this order: `syllabus` (text to values), `graph` (values to a curriculum),
`availability` (calendars to free time), `schedule` (both to a plan), `render` (a plan to bytes and tables).
"""
