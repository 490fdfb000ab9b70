"""A Ceph cluster through python-rados and python-cephfs: read first, compare, then write.

Every part takes a `Cluster`, gives plain values and raises `CephError`. Nothing of the
inventory is known here.
"""
