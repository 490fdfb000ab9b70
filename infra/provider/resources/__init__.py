"""One file a resource; each has a `HANDLER`."""
