"""The record of a hand-over (bordereau de remise), in the language of the estate.

sheet    what it says: facts under headings, and tables (pure)
as_text  to be printed anywhere
as_html  to be printed well
"""
