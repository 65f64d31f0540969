"""Deals and the money received for them."""
