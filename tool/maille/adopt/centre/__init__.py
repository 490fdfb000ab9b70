"""The centre: its segments, its hosts and their ports, the legs of its firewall."""
