"""What a cluster answered, as an error that a person can act upon."""

from __future__ import annotations

import errno
import os

from maille.errors import ExitCode, MailleError, OutOfReachError


class CephError(MailleError):
    """A cluster refused a request.

    `number` is the errno of its answer, positive; 0 if the request was refused before it was
    sent.
    """

    def __init__(self, what: str, how: str = "", *, number: int = 0) -> None:
        """Keep the parts and the number."""
        super().__init__(what, how)
        self.number = number

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with the number too."""
        return (_rebuilt, (type(self), self.what, self.how, self.number))


class ConflictError(CephError):
    """Something of that name exists already, and differs from what was asked for."""


class ProtectedError(CephError):
    """The request would lose recordings or a legal hold, and was not told so by name."""


class CephOutOfReachError(CephError, OutOfReachError):
    """No answer: the monitors, the manager or an OSD are away, or the key is not accepted."""

    exit_code = ExitCode.OUT_OF_REACH


def _rebuilt(kind: type[CephError], what: str, how: str, number: int) -> CephError:
    return kind(what, how, number=number)


_AWAY = {
    "mon": (
        "no answer in time: too few monitors are up to form a quorum",
        "see to the monitors (`ceph mon stat` on one of their hosts), then try again",
    ),
    "mgr": (
        "no answer in time: no manager is active, or it hangs",
        "see `ceph mgr stat`; `ceph mgr fail` lets a standby take over; then try again",
    ),
    "mds": (
        "no answer in time: no metadata server is active, or it hangs",
        "see `ceph fs status`; then try again",
    ),
    "osd": ("no answer in time: the daemon hangs", "see `ceph osd tree`; then try again"),
}
_ADVICE = {
    errno.EACCES: "the key may not do this: give the client of `storage.access` the rights that "
    "runbooks/first-provisioning.md names",
    errno.EPERM: "the key may not do this, or a setting of the cluster forbids it",
    errno.ENOSPC: "the cluster is full: see runbooks/cluster-filling-up.md",
    errno.EBUSY: "it is in use; see who uses it, then try again",
    errno.ENOTSUP: "this release or module of Ceph does not know the request",
}


def refused(cluster: str, daemon: str, prefix: str, answer: int, said: str) -> CephError:
    """Give the error for an answer other than 0.

    Args:
        cluster: how the cluster is called in messages.
        daemon: `mon`, `mgr`, `mds` or `osd`.
        prefix: the command as Ceph names it: `osd pool create`.
        answer: what it returned; its sign varies (a manager that is away gave +110).
        said: the text that came with it.
    """
    number = abs(answer)
    asked = f"cluster {cluster}: `ceph {prefix}`"
    if number == errno.ETIMEDOUT:
        reason, how = _AWAY[daemon]
        return CephOutOfReachError(f"{asked} got {reason}", how, number=number)
    reason = said.strip() or os.strerror(number)
    return CephError(f"{asked} was refused: {reason}", _ADVICE.get(number, ""), number=number)
