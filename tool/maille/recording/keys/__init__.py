"""The services' keys: handed over, replaced, revoked, and who uses them."""
