"""The one map of who reacts to what: event → handlers, port → adapter."""


def plug() -> None:
    """Connect the parts; calling it again changes nothing."""
