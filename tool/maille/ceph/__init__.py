"""A Ceph cluster through python-rados and python-cephfs: read first, compare, then write.

Every part takes a `Cluster`, gives plain values and raises `CephError`. Nothing of the
inventory is known here.
"""

from __future__ import annotations

from importlib.util import find_spec

from maille.errors import MailleError

if not (find_spec("rados") and find_spec("cephfs")):
    raise MailleError(
        "Python cannot import `rados` and `cephfs`, Ceph's own libraries",
        "install python3-rados and python3-cephfs as root, then make .venv on the interpreter"
        " that they are built for: make setup PYTHON=/usr/bin/python3",
    )
