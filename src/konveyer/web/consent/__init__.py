"""Consents on the page of a person, the proof sheet, the texts in the settings."""
