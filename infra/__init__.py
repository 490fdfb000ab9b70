"""The Pulumi project of the recordings: program, components and the provider for Ceph."""
