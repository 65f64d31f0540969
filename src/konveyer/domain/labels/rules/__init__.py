"""What a tag and a field of one's own may be: plain Python."""
