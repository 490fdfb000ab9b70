"""How the recordings are: each commune's share and the cluster, and what needs a person."""
