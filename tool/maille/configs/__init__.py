"""Configurations: rendering, comparing, hardening."""
