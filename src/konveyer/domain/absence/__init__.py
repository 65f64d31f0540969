"""Somebody is away or has left: his open work goes to deputies by a rule, and comes back."""
