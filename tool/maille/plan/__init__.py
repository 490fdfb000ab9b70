"""`maille plan`: what a change of the inventory changes, before anything is touched."""
