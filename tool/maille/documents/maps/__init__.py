"""Maps drawn from coordinates alone: no tiles, nothing from outside."""
