"""My day: the first screen of every member."""
