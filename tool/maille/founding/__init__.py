"""A new estate on disk: its files, its numbers, and what its editor needs."""
