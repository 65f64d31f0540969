"""What a selection of a list is: plain Python."""
