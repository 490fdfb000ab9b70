"""The recordings: their capacity provisioned, their retention proved."""
