"""A run of the engine in the estate's terms: whose share, how much, from when on."""
