"""Who hangs where, by the inventory alone: rings in order, links, homes, losses, names."""
