"""Of two open leads of one client on the same conveyor: which goes on."""

WAYS = ("close", "second")  # close the other with a reason, or let both go on, the other as a second lead
