"""Health: what every device of an estate answers, what that says, and since when."""
