"""The lists of the book: the same tables go into its pages, into CSV and into workbooks."""
