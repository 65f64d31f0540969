"""Figures over the facts: the funnel and its intervals; the conservation equations. Reads only."""
