"""One connection to a cluster: commands with time limits that work.

`timeout=` of python-rados is ignored; what limits a call are the options of the client library,
which `Patience` sets. Calls to the manager go one at a time: several at once can hang it.
"""

from __future__ import annotations

import errno
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, TypeVar

import rados

from maille.ceph.errors import CephError, CephOutOfReachError
from maille.ceph.mount import mount, mounted
from maille.ceph.wire import answered, request

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from pathlib import Path

    from cephfs import LibCephFS


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call may take, in seconds."""

    connect_s: int = 10
    command_s: int = 40
    """A manager that takes leave of a metadata server that has died answers nobody for 30 s."""
    data_s: int = 30
    drain_s: int = 30
    """For the cluster to erase some more of what was removed."""
    killed_s: int = 90
    """For what a client has begun that was killed: a metadata server waits a minute for it."""
    leave_s: int = 5
    """To take leave of a metadata server."""


@dataclass(frozen=True, slots=True)
class Access:
    """How a cluster is reached.

    `key` is the secret of `client` where it does not stand in a keyring that `conf` names; it
    is never shown.
    """

    conf: Path
    client: str = "client.admin"
    key: str | None = field(default=None, repr=False)
    patience: Patience = Patience()

    @property
    def auth_id(self) -> str:
        """Give the client without its type: `admin`."""
        return self.client.removeprefix("client.")

    @property
    def options(self) -> dict[str, str]:
        """Give the options of the client library."""
        patience = self.patience
        limits = {
            "client_mount_timeout": str(patience.connect_s),
            "rados_mon_op_timeout": str(patience.command_s),
            "rados_osd_op_timeout": str(patience.data_s),
        }
        quiet = {"log_to_stderr": "false", "err_to_stderr": "false"}  # errors are raised
        return limits | quiet | ({"key": self.key} if self.key else {})


class Cluster:
    """A connection; `with connect(access) as cluster:` ends it."""

    def __init__(self, access: Access, handle: rados.Rados) -> None:
        """Keep the open handle."""
        self.access = access
        self.handle = handle
        self.fsid: str = handle.get_fsid()
        self._mgr_turn = threading.Lock()
        self._mgr_silent: CephError | None = None
        self._mount_turn = threading.Lock()
        self._mounts: dict[str, LibCephFS] = {}
        self._once_turn = threading.Lock()
        self._answers: dict[Hashable, Any] = {}

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the connection, and with it every mount."""
        self.close()

    def close(self) -> None:
        """End the connection; a metadata server that is away is not waited for."""
        for filesystem in tuple(self._mounts):
            self.leave(filesystem)
        self.handle.shutdown()

    def leave(self, filesystem: str) -> None:
        """Unmount a file system if it is mounted; the next use mounts it again."""
        with self._mount_turn:
            root = self._mounts.pop(filesystem, None)
        if root is not None:
            with suppress(LateError):
                apart(root.shutdown).result(self.access.patience.leave_s)

    @property
    def name(self) -> str:
        """Tell clusters apart in messages."""
        return self.fsid[:8]

    def root(self, filesystem: str) -> LibCephFS:
        """Give a file system's root, mounted once and kept while the connection lasts.

        Raises:
            CephOutOfReachError: no metadata server answers.
        """
        with self._mount_turn:
            if filesystem not in self._mounts:
                self._mounts[filesystem] = mount(self.access, filesystem)
            return self._mounts[filesystem]

    def in_files(self, filesystem: str, work: Callable[[LibCephFS], T]) -> T:
        """Do something in a file system, with an end: by itself libcephfs waits for ever.

        Raises:
            CephOutOfReachError: no metadata server answers.
            cephfs.Error: what libcephfs answered.
        """
        root = self.root(filesystem)
        try:
            return apart(lambda: work(root)).result(self.access.patience.data_s)
        except LateError:
            with self._mount_turn:
                self._mounts.pop(filesystem, None)
            raise self._silent(filesystem) from None

    def briefly(
        self, filesystem: str, work: Callable[[LibCephFS], T], longest_s: int | None = None
    ) -> T:
        """Do something in a file system on a mount of its own that ends with it; as `in_files`.

        For a process that may be killed: what was mounted then counts as alive for a minute,
        and whoever needs the folders that it has looked into waits so long. Who goes on with what
        it had begun gives `longest_s`, else `data_s` is the end.
        """

        def mount_and_work() -> T:
            with mounted(self.access, filesystem) as root:
                return work(root)

        try:
            return apart(mount_and_work).result(longest_s or self.access.patience.data_s)
        except LateError:
            raise self._silent(filesystem) from None

    def _silent(self, filesystem: str) -> CephOutOfReachError:
        return CephOutOfReachError(
            f"cluster {self.name}: file system {filesystem} does not answer",
            "see `ceph fs status`: a metadata server must be active",
            number=errno.ETIMEDOUT,
        )

    def once(self, question: Hashable, ask: Callable[[], T]) -> T:
        """Ask something at most once while the connection lasts, and keep the answer."""
        with self._once_turn:
            if question not in self._answers:
                self._answers[question] = ask()
            answer: T = self._answers[question]
            return answer

    def mon(self, prefix: str, /, **args: object) -> Any:  # noqa: ANN401  # JSON of that command
        """Ask the monitors, and give their answer read from JSON; None if it is empty.

        Raises:
            CephOutOfReachError: no quorum answered in time.
            CephError: the request was refused; `number` tells why.
        """
        return answered(
            self.name, "mon", prefix, self.handle.mon_command(request(prefix, args), b"")
        )

    def mgr(self, prefix: str, /, **args: object) -> Any:  # noqa: ANN401  # as above
        """Ask the active manager; one request at a time. Raises as `mon` does.

        One that was silent once is asked nothing more through this connection: many would wait
        in turn, and an answer that comes after all finds nobody and can end the process.
        """
        with self._mgr_turn:
            if self._mgr_silent:
                raise self._mgr_silent
            answer = self.handle.mgr_command(request(prefix, args), b"")
            try:
                return answered(self.name, "mgr", prefix, answer)
            except CephOutOfReachError as error:
                self._mgr_silent = error
                raise

    def find(self, prefix: str, /, **args: object) -> Any:  # noqa: ANN401  # as above
        """Ask the monitors for one thing by name; None if there is no such thing."""
        return _or_none(lambda: self.mon(prefix, **args))

    def find_by_mgr(self, prefix: str, /, **args: object) -> Any:  # noqa: ANN401  # as above
        """Ask the manager for one thing by name; None if there is no such thing."""
        return _or_none(lambda: self.mgr(prefix, **args))


def apart(work: Callable[[], T]) -> Future[T]:
    """Do something in a thread that nobody has to wait for."""
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001  # whoever waits for it is told
            done.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return done


def _or_none(ask: Callable[[], Any]) -> Any:  # noqa: ANN401  # as above
    try:
        return ask()
    except CephError as error:
        if error.number == errno.ENOENT:
            return None
        raise


def connect(access: Access) -> Cluster:
    """Open a connection.

    Raises:
        CephOutOfReachError: no such file, no monitor answers, or the key is not accepted.
    """
    if not access.conf.is_file():
        raise CephOutOfReachError(
            f"there is no Ceph configuration {access.conf}",
            "name the cluster's ceph.conf: `storage.access.conf` in estate.yaml, or --conf",
        )
    handle = _opened(access)
    return Cluster(access, handle)


def _opened(access: Access) -> rados.Rados:
    try:
        handle = rados.Rados(
            conffile=str(access.conf), rados_id=access.auth_id, conf=access.options
        )
        handle.connect()
    except rados.ObjectNotFound as error:
        raise _unreached(access, error, _no_key(access)) from None
    except rados.TimedOut as error:
        raise _unreached(access, error, _no_monitor(access)) from None
    except rados.PermissionDeniedError as error:
        raise _unreached(access, error, _wrong_key(access)) from None
    except rados.Error as error:
        raise _unreached(
            access, error, (str(error), "see to the cluster, then try again")
        ) from None
    return handle


def _unreached(access: Access, error: rados.Error, told: tuple[str, str]) -> CephOutOfReachError:
    what, how = told
    return CephOutOfReachError(
        f"the cluster of {access.conf}: {what}", how, number=abs(getattr(error, "errno", 0) or 0)
    )


def _no_key(access: Access) -> tuple[str, str]:
    return (
        f"no key of `{access.client}` was found",
        "put its keyring where ceph.conf says, or name it by `storage.access.key`",
    )


def _no_monitor(access: Access) -> tuple[str, str]:
    return (
        f"no monitor answered within {access.patience.connect_s} s",
        "see to the monitors and the way to them, then try again",
    )


def _wrong_key(access: Access) -> tuple[str, str]:
    return (
        f"the key of `{access.client}` is not accepted",
        "the cluster has another key for it, or does not know it: `ceph auth get` tells",
    )
