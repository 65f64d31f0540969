"""Writes on webhooks: setting them up, telling them, delivering."""
