"""From the bytes of one YAML file to plain Python and a list of faults, never an exception."""
