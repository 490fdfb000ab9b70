"""Scripts that write the sample estates, and estates of any size for tests of scale.

They are run from the project's root, for instance `python -m inventory.generate.chartres`.
What they write is committed and read like any other inventory.
"""
