"""Everything that runs the program: its folder, its processes, its health, its copies.

Stands beside `config`: it starts what `config` describes, before and around Django. The supervisor itself
never loads Django, so that it stays small and outlives whatever the application does.
"""
