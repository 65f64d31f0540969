"""What is sold: products on the levels of the ladder."""
