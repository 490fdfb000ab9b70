"""`maille check`: from a folder to everything that is wrong, and to the blueprint."""
