"""Notes and files on companies, contacts, leads and deals; and the pages that gather all that stands on a record."""
