"""Settings (from the environment only), addresses, and the WSGI entry."""
