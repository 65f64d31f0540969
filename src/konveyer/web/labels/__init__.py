"""Tags: their list in the settings, and the chips on companies, people and leads."""
