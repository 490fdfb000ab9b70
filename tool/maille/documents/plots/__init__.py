"""Plots as SVG of our own: text stays text, colours come from the page's style sheet."""
