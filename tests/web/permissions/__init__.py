"""Who may do what: docs/permissions.toml against every address of the program."""
