"""The daily sheet: a month of one member, the team, files out and in."""
