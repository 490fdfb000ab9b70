"""The layout against the live cluster, before anything is made on it."""
