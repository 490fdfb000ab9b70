"""What the recordings of an estate need on a Ceph cluster, as one value that follows from it."""
