"""What inbound letters are."""
