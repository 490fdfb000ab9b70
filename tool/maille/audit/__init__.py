"""Audits of what runs against what is intended."""
