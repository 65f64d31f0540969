"""The commercial side of a lead: deal, lines, money received."""
