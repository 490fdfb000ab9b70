"""A Pulumi provider for Ceph: each resource checks, compares and reads the cluster itself."""
