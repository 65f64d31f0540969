"""The base: companies, people, the list of leads, search everywhere, a new lead from pasted text."""
