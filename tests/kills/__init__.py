"""Runs of `maille storage` that are cut off: who is killed, when, and what must hold after it."""
