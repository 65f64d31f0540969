"""Getting in and being oneself: sign-in closed to strangers, invitations, password links, profile, sessions, own tokens."""
