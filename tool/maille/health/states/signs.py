"""Signs of life, kept from round to round: who answers where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.health.states.dominators import NOWHERE
from maille.health.states.reach import Signs
from maille.health.states.skeleton import Asked

if TYPE_CHECKING:
    from maille.health.model import Graph, Life
    from maille.health.states.skeleton import Skeleton
    from maille.health.states.topology import Topology


class SwitchLives:
    """Which switches answer, and which are silent; the others nobody looked at."""

    def __init__(self, topology: Topology) -> None:
        """Begin with nobody looked at."""
        self.answers = [False] * len(topology.switches)
        self.silent = [False] * len(topology.switches)

    def change(self, switch: int, life: Life) -> None:
        """Note a switch's life."""
        self.answers[switch] = life == "answers"
        self.silent[switch] = life == "silent"


class LeafLives:
    """Which leaves of one graph answer, and whether a change may alter what is true of switches."""

    def __init__(self, topology: Topology, graph: Graph) -> None:
        """Begin with nobody looked at."""
        self._topology, self._graph = topology, graph
        self._heard = [0] * len(topology.switches)
        self._several: dict[str, tuple[int, ...]] = {}
        self._mute: set[str] = set()
        self._answered = 0

    def asked(self, switches: SwitchLives) -> Asked:
        """Give what came of asking in this graph, the switches too in that of management."""
        own = sum(switches.answers) if self._graph == "management" else 0
        return Asked(
            Signs(switches.answers, switches.silent, self._heard, tuple(self._several.values())),
            self._answered + own,
            frozenset(home for leaf in self._mute for home in self._topology.leaves[leaf].homes)
            if not self._answered + own
            else frozenset(),
        )

    def change(
        self, leaf: str, before: Life, after: Life, switches: SwitchLives, known: Skeleton | None
    ) -> bool:
        """Note a leaf's life; say whether the switches have to be judged again.

        They have not if the leaf's switches are reached and none is silent that all ways there
        depend on: then it proves nothing that was not certain. `known` is None where they will
        be judged again anyhow.
        """
        homes = self._topology.leaves[leaf].homes
        nobody = self._answered == 0
        self._answered += (after == "answers") - (before == "answers")
        self._mute.discard(leaf)
        if after == "silent":
            self._mute.add(leaf)
        told = self._count(leaf, homes, before, after)
        if nobody or not self._answered:
            return True
        return told and known is not None and not self._certain(homes, switches, known)

    def _count(self, leaf: str, homes: tuple[int, ...], before: Life, after: Life) -> bool:
        """Count who is heard; say whether that makes a difference to the leaf's switches."""
        answers = after == "answers"
        if not answers and before != "answers":
            return False
        if len(homes) == 1:
            self._heard[homes[0]] += 1 if answers else -1
            return self._heard[homes[0]] == (1 if answers else 0)
        if answers:
            self._several[leaf] = homes
        else:
            del self._several[leaf]
        return True

    def _certain(self, homes: tuple[int, ...], switches: SwitchLives, known: Skeleton) -> bool:
        found = known.reach[self._graph]
        nearest = found.tree.nearest(homes)
        return (
            nearest != NOWHERE
            and any(found.passes[switch] for switch in homes)
            and not any(switches.silent[switch] for switch in found.tree.chain(nearest))
        )
