"""One file to one `Device`: pure, and whatever the text is, never an exception."""
