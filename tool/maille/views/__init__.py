"""Small tables of the blueprint for the terminal: access by convention, progress by wave."""
