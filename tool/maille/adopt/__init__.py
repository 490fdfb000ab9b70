"""From running configurations to a draft inventory: what an existing estate starts from.

Configurations are parsed one by one (`parsing/`), then put together: who is cabled to whom, which
switches are pairs and rings, whose communes' they are. Every number that was read is pinned or
kept in the lock, or the report says why it could not be.
"""
