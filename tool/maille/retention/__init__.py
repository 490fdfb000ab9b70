"""Kept as long as promised, and no longer than authorised: proved, and done."""
