"""Work on lists: views of them that are kept, and one action on many records at once."""
