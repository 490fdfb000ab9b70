"""An estate that is looked at round after round: what is known now, and whether it still holds."""
