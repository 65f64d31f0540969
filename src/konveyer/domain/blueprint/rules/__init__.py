"""What stands in the document."""
