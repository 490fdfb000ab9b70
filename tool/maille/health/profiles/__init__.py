"""What is asked of each model family: data in `objects.yaml` and `families/`, and their loader."""
