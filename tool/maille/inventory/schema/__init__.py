"""The models of the inventory, one file a subject; estate.py puts them together."""
