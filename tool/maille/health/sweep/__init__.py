"""One round over all targets, and what remains of it for the next."""
