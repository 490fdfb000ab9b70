"""The live terminal: views that are made of what a watch knows, and the application around them."""
