"""What somebody changed on the cluster behind the inventory's back, and whom it affects."""
