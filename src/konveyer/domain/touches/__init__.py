"""Every contact with a client: attempts and exchanges, in either direction."""
