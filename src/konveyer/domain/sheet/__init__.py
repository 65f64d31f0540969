"""The daily sheet (R22): what each member did on each day, by hand where nothing counted it."""
