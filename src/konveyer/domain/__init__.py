"""The business. A package imports only the packages below it:

insight > imports > notes > deals > touches > leads > conveyor > catalog > people > staff > journal > workspace.
"""
