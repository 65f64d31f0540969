"""Notes and files on companies, contacts, leads and deals."""
