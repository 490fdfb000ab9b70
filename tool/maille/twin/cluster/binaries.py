"""The programs that a cluster is made of, and the packages that bring them."""

from __future__ import annotations

import shutil

from maille.errors import MailleError

_PACKAGES = {
    "ceph-mon": "ceph-mon",
    "monmaptool": "ceph-common",
    "ceph-mgr": "ceph-mgr",
    "ceph-osd": "ceph-osd",
    "ceph-mds": "ceph-mds",
}


def need_binaries() -> None:
    """Raise MailleError where a program is missing; it names the packages of Debian."""
    missing = {program: package for program, package in _PACKAGES.items() if not _there(program)}
    if missing:
        packages = " ".join(sorted({*missing.values()}))
        raise MailleError(
            f"Ceph is not installed here: {', '.join(missing)} cannot be found",
            f"install it as root: apt-get install --no-install-recommends {packages}"
            " (`make dev` and `make demo` do it, as root)",
        )


def _there(program: str) -> bool:
    return shutil.which(program) is not None
