"""The story, free of the database: the same seed tells the same story."""
