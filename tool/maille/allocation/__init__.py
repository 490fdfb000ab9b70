"""Numbers from pools, and the lock that keeps them."""
