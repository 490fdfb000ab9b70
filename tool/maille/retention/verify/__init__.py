"""Proof from the files themselves that images are kept as promised, and no longer."""
