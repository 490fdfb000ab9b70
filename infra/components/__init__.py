"""What a program composes: the provider's resources, and the recordings of an estate."""
