"""States over time: believed, damped, planned for, gathered into incidents, brought to somebody.

Nothing here reads a clock: the time of a round is given.
"""
