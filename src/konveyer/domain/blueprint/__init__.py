"""A workspace's settings as one document: taken out, looked at, brought into another workspace.

Roles, names of teams, frames of roles, products, conveyors. Nothing is ever deleted by it, and no person,
client or figure travels in it.
"""
