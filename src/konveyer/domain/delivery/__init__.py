"""Handing a message to a channel and taking in what comes back: mailboxes, and what a letter that came means."""
