"""What is polled, and what is expected of it: both follow from the blueprint."""
