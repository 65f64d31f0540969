"""Leads on the conveyor: where they stand, who works them, what is known, what comes next, who hands over to whom."""
