"""The estate book, lists and exports."""
