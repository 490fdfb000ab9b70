"""Uptime: from intervals of state and of polling to what is owed, and what was kept."""
