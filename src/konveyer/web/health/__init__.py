"""/healthz: whether this server is well, with reasons; for monitors and for `make demo`."""
