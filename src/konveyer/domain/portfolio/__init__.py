"""The client base as a portfolio (R24): in which class each company and person stands, since when, and what moved."""
