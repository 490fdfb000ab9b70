"""A look for people and for programs: the table, the document, the line of a plug-in."""
