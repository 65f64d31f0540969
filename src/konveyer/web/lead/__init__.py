"""The lead card, and the dialogs that act on a lead from any screen."""
