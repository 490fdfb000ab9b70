"""The twin: what an estate runs on, as real components on one machine."""
