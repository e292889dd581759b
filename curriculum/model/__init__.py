"""The words of the project as frozen values; it knows no files, no clock, no graph library and no YAML."""
