"""Batches from integrators: spreadsheets to commune files, and MAC addresses to cameras.

Every sheet or table becomes *entries*: a field of a commune's file, its value, and the cell
in which it stands. From there on nothing knows about spreadsheets any more, except that each
finding is placed at its cell.
"""
