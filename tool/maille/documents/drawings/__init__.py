"""Drawings of rings, cabinets and the backbone, laid out by Graphviz."""
