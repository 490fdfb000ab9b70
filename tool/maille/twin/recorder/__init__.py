"""Recorders for tests and demonstrations: real H.264 on a real cluster, with the communes' keys.

They write what the cameras of an estate would send, at the planned rates, scaled, and keep
account of every segment that they were told is stored, so that it can be asked for again.
"""
