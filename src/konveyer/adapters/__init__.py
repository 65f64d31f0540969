"""What touches the outside: files, networks, other programs. Implements the ports of the domain."""
