"""The import wizard: a file is taken in, understood, tried, written, and taken back."""
