"""Hardening: controls as data, checks of any text against them, and the matrix of an estate."""
