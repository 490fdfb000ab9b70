"""Reports of uptime and of a shift: what they say, and the forms in which they say it."""
