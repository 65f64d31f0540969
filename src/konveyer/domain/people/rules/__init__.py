"""Pure decisions about people: reading names, phones, addresses, companies and pasted text.

Plain Python, no tables, no clock, no network. Each module's docstring gives its signatures:
names · phones · emails · mail_domains · companies · roles · cities · paste.
"""
