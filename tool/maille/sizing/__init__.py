"""How much the recordings ask of their storage: today, under a supposition, over the years."""
