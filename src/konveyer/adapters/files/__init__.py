"""Contents of files in a folder of KONVEYER_HOME, under random names, readable by its owner alone."""
