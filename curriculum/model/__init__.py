"""The words of the project as frozen values, without files, clock, graphs or YAML."""
