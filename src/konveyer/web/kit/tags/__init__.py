"""The tags and filters themselves, by kind; templatetags/kit.py puts them together."""
