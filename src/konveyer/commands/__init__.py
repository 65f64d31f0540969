"""The `konveyer` command, one module per area. A module lists its commands in `register`.

A command is a function that takes a `Call` and returns a `Result`; everything around it (the database, the
workspace, JSON, exit codes) is done once, in `konveyer.cli`.
"""
