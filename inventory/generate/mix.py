"""How many cameras of each kind a commune gets, and which cabinet each hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Kind: TypeAlias = Literal["ptz", "multisensor", "fixed", "lpr"]
Mix: TypeAlias = dict[Kind, int]
Use: TypeAlias = Literal["centre", "building", "gateway", "school"]
"""What a cabinet is for: it decides which cameras it takes first."""

CAMERAS_PER_CABINET = 5

RELUCTANCE: dict[Kind, dict[Use, int]] = {
    "lpr": {"gateway": 0, "centre": 2, "building": 4, "school": 9},
    "ptz": {"centre": 0, "building": 1, "gateway": 2, "school": 9},
    "multisensor": {"centre": 0, "building": 1, "gateway": 3, "school": 9},
    "fixed": {"centre": 0, "building": 0, "gateway": 0, "school": 0},
}
"""How many cameras of its kind a better cabinet has before this one takes its first."""

_ORDER: tuple[Kind, ...] = ("ptz", "multisensor", "fixed", "lpr")


class Load(NamedTuple):
    """A cabinet to be filled."""

    use: Use
    places: int


def cabinets_for(cameras: int) -> int:
    """Give the number of cabinets that so many cameras need."""
    return -(-cameras // CAMERAS_PER_CABINET)


def even(total: int, parts: int) -> list[int]:
    """Split a number into parts that differ by one at most, larger ones first."""
    share, rest = divmod(total, parts)
    return [share + (number < rest) for number in range(parts)]


def apportion(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Split a number by weights, the largest remainders first (Hamilton's method)."""
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    shares = {key: int(value) for key, value in exact.items()}
    by_rest = sorted(exact, key=lambda key: (shares[key] - exact[key], key))
    for key in by_rest[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def usual(cameras: int) -> Mix:
    """Give the mix of a commune taken by itself: mostly fixed cameras, one or two that turn."""
    lpr = min(cameras, 1 + cameras // 12)
    ptz = min(cameras - lpr, max(1, cameras * 3 // 10))
    return mix(cameras, ptz=ptz, multisensor=min(cameras - lpr - ptz, cameras // 10), lpr=lpr)


def mix(cameras: int, *, ptz: int, multisensor: int, lpr: int) -> Mix:
    """Give a mix whose rest is fixed cameras."""
    fixed = cameras - ptz - multisensor - lpr
    return {"ptz": ptz, "multisensor": multisensor, "fixed": fixed, "lpr": lpr}


def share_out(cameras: Mapping[str, int], town: str, of_town: Mix, of_all: Mix) -> dict[str, Mix]:
    """Give each commune its mix, so that the sums are exactly those of the whole estate.

    The town's mix is given. Each other commune gets one plate reader and one PTZ camera; more
    of these, and the multisensor ones, go by size.
    """
    others = {key: count for key, count in cameras.items() if key != town}
    more_ptz = apportion(
        of_all["ptz"] - of_town["ptz"] - len(others),
        {key: max(0, count - 3) for key, count in others.items()},
    )
    multisensor = apportion(
        of_all["multisensor"] - of_town["multisensor"],
        {key: max(0, count - 4) for key, count in others.items()},
    )
    found = {
        key: mix(count, ptz=1 + more_ptz[key], multisensor=multisensor[key], lpr=1)
        for key, count in others.items()
    }
    return found | {town: of_town}


def hang(cameras: Mix, cabinets: Sequence[Load]) -> list[list[Kind]]:
    """Say for each cabinet which kinds hang on it, the most particular kinds choosing first."""
    found: list[list[Kind]] = [[] for _ in cabinets]
    for kind in ("lpr", "ptz", "multisensor", "fixed"):
        for _ in range(cameras[kind]):
            free = (n for n, load in enumerate(cabinets) if len(found[n]) < load.places)
            best = min(free, key=lambda n: found[n].count(kind) + RELUCTANCE[kind][cabinets[n].use])
            found[best].append(kind)
    return [sorted(kinds, key=_ORDER.index) for kinds in found]
