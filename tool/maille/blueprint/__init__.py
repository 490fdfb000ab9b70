"""The blueprint: everything that follows from an inventory and its lock, as one value."""
