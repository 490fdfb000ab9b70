"""`maille show`: all about one thing of the estate, and where each value comes from."""
