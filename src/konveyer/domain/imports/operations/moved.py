"""When a plan cannot be written as it was made."""


class Moved(Exception):
    """Somebody else wrote the same records meanwhile: look again and plan anew."""
