"""A real Ceph cluster on loopback, in one folder: made, started, broken and stopped at will.

`lifecycle` starts and stops it as a whole, `faults` breaks parts of it, `maille.ceph` asks it.
"""
