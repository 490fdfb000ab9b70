"""Whatever happens to an estate: what is deployed stays, and nothing is given twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.examples import examples
from tests.strategies import CABINETS, INSEE_CODES, RINGS, Sketch, cabinet_id, sketches
from tests.unit.allocation.histories import (
    active,
    freed,
    merged,
    merged_locks,
    promised_to,
    promises,
    texts_of,
)

from maille.allocation.deploy import Deployment, deploy
from maille.allocation.lock import Lock
from maille.allocation.release import release
from maille.allocation.settle import settle
from maille.allocation.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.allocation.settle import Settled
    from maille.errors import Finding

AS_OF = date(2025, 6, 1)

MODELS = st.sampled_from(("fixed", "dome", "ptz"))
SWITCHES = st.sampled_from(("edge-8", "edge-8-other", "edge-24"))
COMMUNES = st.sampled_from(INSEE_CODES)
PLACES = st.sampled_from(CABINETS)


class Changes:
    """What people do to the files of an estate; each change does what it can, or nothing."""

    def __init__(self, draw: Any) -> None:  # noqa: ANN401 — hypothesis' draw
        self.draw = draw

    def any_of(self, keys: Iterable[Any]) -> Any:  # noqa: ANN401
        """Draw one of some keys; nothing if there are none."""
        keys = sorted(keys)
        return self.draw(st.sampled_from(keys)) if keys else None

    def some_cabinet(self, sketch: Sketch) -> tuple[str, str] | None:
        """Draw a cabinet of any commune."""
        found: tuple[str, str] | None = self.any_of(
            (insee, key)
            for insee, commune in sketch.communes.items()
            for key in commune["cabinets"]
        )
        return found

    def add_commune(self, sketch: Sketch) -> None:
        insee = self.draw(COMMUNES)
        merged_away = {old for c in sketch.communes.values() for old in c.get("formerly", ())}
        if insee not in sketch.communes and insee not in merged_away:
            sketch.commune(insee)

    def remove_commune(self, sketch: Sketch) -> None:
        if insee := self.any_of(sketch.communes):
            del sketch.communes[insee]

    def leave(self, sketch: Sketch) -> None:
        if insee := self.any_of(sketch.communes):
            sketch.communes[insee]["member"]["until"] = "2025-01-31"

    def rename_commune(self, sketch: Sketch) -> None:
        if insee := self.any_of(sketch.communes):
            sketch.communes[insee]["commune"] += " (nouvelle)"

    def add_cabinet(self, sketch: Sketch) -> None:
        insee, key = self.any_of(sketch.communes), self.draw(PLACES)
        if insee is None or key in sketch.communes[insee]["cabinets"]:
            return
        others = [
            cabinet_id(i, c) for i, e in sorted(sketch.communes.items()) for c in e["cabinets"]
        ]
        parent = self.draw(st.sampled_from([None, "agg-1", "office", *others]))
        sketch.cabinet(
            insee,
            key,
            ring=self.draw(st.sampled_from(RINGS)),
            parent=parent,
            switch=self.draw(SWITCHES),
            cameras=self.draw(st.integers(0, 4)),
        )

    def remove_cabinet(self, sketch: Sketch) -> None:
        if found := self.some_cabinet(sketch):
            del sketch.communes[found[0]]["cabinets"][found[1]]

    def rename_cabinet(self, sketch: Sketch) -> None:
        found, key = self.some_cabinet(sketch), self.draw(PLACES)
        if found is None or key in sketch.communes[found[0]]["cabinets"]:
            return
        cabinets = sketch.communes[found[0]]["cabinets"]
        cabinets[key] = cabinets.pop(found[1]) | {"formerly": f"{found[0]}/{found[1]}"}
        self._new_parent(sketch, found, (found[0], key))

    def move_cabinet(self, sketch: Sketch) -> None:
        if found := self.some_cabinet(sketch):
            cabinet = sketch.communes[found[0]]["cabinets"][found[1]]
            cabinet.pop("spur", None)
            cabinet |= {"ring": self.draw(st.sampled_from(RINGS)), "at_km": 2.0}

    def make_ppms(self, sketch: Sketch) -> None:
        if found := self.some_cabinet(sketch):
            sketch.communes[found[0]]["cabinets"][found[1]]["ppms"] = {
                "site": "school",
                "pupils": 90,
            }

    def replace_switch(self, sketch: Sketch) -> None:
        if found := self.some_cabinet(sketch):
            model = self.draw(SWITCHES)
            sketch.communes[found[0]]["cabinets"][found[1]]["switch"] = model

    def add_cameras(self, sketch: Sketch) -> None:
        if found := self.some_cabinet(sketch):
            for model in self.draw(st.lists(MODELS, min_size=1, max_size=5)):
                sketch.camera(*found, model=model)

    def replace_camera(self, sketch: Sketch) -> None:
        if found := self.some_cabinet(sketch):
            cameras = sketch.communes[found[0]]["cabinets"][found[1]]["cameras"]
            if camera := self.any_of(cameras):
                cameras[camera]["model"] = self.draw(MODELS)

    def remove_camera(self, sketch: Sketch) -> None:
        if found := self.some_cabinet(sketch):
            cameras = sketch.communes[found[0]]["cabinets"][found[1]]["cameras"]
            cameras.pop(self.any_of(cameras), None)

    def move_camera(self, sketch: Sketch) -> None:
        found, to = self.some_cabinet(sketch), self.some_cabinet(sketch)
        if found and to:
            cameras = sketch.communes[found[0]]["cabinets"][found[1]]["cameras"]
            if camera := self.any_of(cameras):
                entry = cameras.pop(camera)
                sketch.communes[to[0]]["cabinets"][to[1]]["cameras"][camera] = entry

    def pin_camera(self, sketch: Sketch) -> None:
        if found := self.some_cabinet(sketch):
            cameras = sketch.communes[found[0]]["cabinets"][found[1]]["cameras"]
            if camera := self.any_of(cameras):
                address = f"10.0.{self.draw(st.integers(0, 1))}.{self.draw(st.integers(0, 40))}"
                pins = [{"position": self.draw(st.integers(1, 9))}, {"address": address}, {}]
                cameras[camera]["pins"] = self.draw(st.sampled_from(pins))

    def pin_segment(self, sketch: Sketch) -> None:
        if insee := self.any_of(sketch.communes):
            key = f"{self.draw(st.sampled_from(RINGS))}/cameras"
            prefix = f"10.0.{self.draw(st.integers(0, 3))}.{self.draw(st.integers(0, 7)) * 32}/27"
            pins = [{"vlan": self.draw(st.integers(98, 106))}, {"prefix": prefix}, {}]
            sketch.communes[insee]["pins"] = {"segments": {key: self.draw(st.sampled_from(pins))}}

    def change_points(self, sketch: Sketch) -> None:
        if found := self.some_cabinet(sketch):
            points = sketch.communes[found[0]]["cabinets"][found[1]]["attachment_points"]
            name = self.draw(st.sampled_from(("marche", "stade")))
            if points.pop(name, None) is None:
                points[name] = {"place": "Mast"}

    def change_pair(self, sketch: Sketch) -> None:
        ring = self.draw(st.sampled_from(RINGS))
        sketch.network["rings"][ring]["pair"] = self.draw(st.sampled_from(("core", "hub")))

    def change_hosts(self, sketch: Sketch) -> None:
        sketch.centre["hosts"]["ntp"]["count"] = self.draw(st.integers(1, 4))

    def change_office(self, sketch: Sketch) -> None:
        switches = sketch.network["sites"]["centre"]["switches"]
        switches["office"]["role"] = self.draw(st.sampled_from(("access", "aggregation")))

    def merge_communes(self, sketch: Sketch) -> None:
        """Let one commune become part of another; cabinets of one name get a new one."""
        old, new = self.any_of(sketch.communes), self.any_of(sketch.communes)
        if old == new:
            return
        gone = sketch.communes.pop(old)
        target = sketch.communes[new]
        target["formerly"] = [*target.get("formerly", ()), *gone.get("formerly", ()), old]
        for key, cabinet in gone["cabinets"].items():
            name = key
            if key in target["cabinets"]:
                free = [place for place in CABINETS if place not in target["cabinets"]]
                if not free:
                    continue
                name = free[0]
                cabinet["formerly"] = f"{old}/{key}"
            target["cabinets"][name] = cabinet
            self._new_parent(sketch, (old, key), (new, name))

    def _new_parent(self, sketch: Sketch, old: tuple[str, str], new: tuple[str, str]) -> None:
        before, after = cabinet_id(*old), cabinet_id(*new)
        for commune in sketch.communes.values():
            for cabinet in commune["cabinets"].values():
                if before and cabinet.get("spur", {}).get("parent") == before:
                    cabinet["spur"]["parent"] = after or "agg-1"

    def one(self, sketch: Sketch) -> None:
        """Do one of all of these."""
        names = [n for n in vars(Changes) if not n.startswith("_") and n not in self._HELPERS]
        getattr(self, self.draw(st.sampled_from(sorted(names))))(sketch)

    _HELPERS = frozenset({"any_of", "some_cabinet", "one"})


def some_deployment(draw: Any, sketch: Sketch) -> Deployment:  # noqa: ANN401
    """Draw what has been put into service."""
    everything = draw(st.booleans())
    insee = draw(st.sampled_from(sorted(sketch.communes))) if sketch.communes else None
    communes = frozenset([insee]) if insee else frozenset()
    return Deployment(everything=everything, communes=communes)


class AnyHistory(RuleBasedStateMachine):
    """An estate, its lock, and everything that may happen to them."""

    def __init__(self) -> None:
        super().__init__()
        self.sketch = Sketch()
        self.lock = Lock()
        self.findings: tuple[Finding, ...] = ()
        self.settled = False

    @initialize(sketch=sketches())
    def begin(self, sketch: Sketch) -> None:
        self.sketch = sketch

    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        """Change the inventory a few times."""
        for _ in range(data.draw(st.integers(1, 3))):
            Changes(data.draw).one(self.sketch)
        self.settled = False

    @rule()
    def settle(self) -> None:
        """Settle: what is deployed stays, freed numbers stay free, settling again is idle."""
        before = self.lock
        found = self._settle(self.sketch, before)
        assert not promises(before) - promises(found.lock), "a deployed number has changed"
        assert not freed(before) - freed(found.lock) - active(found.lock), "a freed one got lost"
        self._take(found)
        self._is_idle()
        again = self._settle(self.sketch.reordered(), before)
        assert texts_of(again.lock) == texts_of(found.lock), "the order of the files matters"

    @rule(data=st.data())
    def deploy(self, data: st.DataObject) -> None:
        what = some_deployment(data.draw, self.sketch)
        deployed = deploy(self.sketch.estate(), self.lock, what, as_of=AS_OF)
        assert active(deployed) == active(self.lock)
        self.lock = deployed

    @precondition(lambda self: self.findings)
    @rule(data=st.data())
    def command(self, data: st.DataObject) -> None:
        """Obey one finding: only what it is about changes, and its old numbers are kept."""
        told = [finding.subject for finding in self.findings if finding.subject]
        word = data.draw(st.sampled_from([*sorted(set(told)), "all"]))
        option = data.draw(st.sampled_from(("move", "retire", "resize")))
        before = self.lock
        words: dict[str, Any] = {option: [word]}
        found = settle(self.sketch.estate(), before, as_of=AS_OF, **words)
        lost = promises(before) - promises(found.lock)
        if option == "retire" or word == "all":
            assert not freed(before) - freed(found.lock) - active(found.lock)
        kept = freed(found.lock) + active(found.lock)
        for section, numbers in lost:
            assert section == "storage" or any(
                number in numbers for s, _, number in kept if s == section
            ), f"{section} {numbers} is neither in use nor in quarantine"
        self._take(found)

    @rule()
    def obey_everything(self) -> None:
        """Obey all findings: no contradiction is left, as far as there are numbers."""
        estate = self.sketch.estate()
        found = settle(estate, self.lock, as_of=AS_OF, move=["all"], retire=["all"])
        self._take(found)
        left = {finding.code: finding for finding in verify(estate, self.lock, AS_OF)}
        told = {finding.code for finding in found.findings}
        if not (told | left.keys()) & {"A020", "A021", "A030", "A032", "A040"}:
            assert left.keys() <= {"A013"}, left.values()

    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        word = data.draw(st.sampled_from(["all", *sorted(self.lock.communes)]))
        released = release(self.lock, [word])
        assert active(released.lock) == active(self.lock)
        self.lock = released.lock
        self.settled = False

    @rule(data=st.data())
    def branches(self, data: st.DataObject) -> None:
        """Let two branches change the estate, settle each, merge them and settle again."""
        base, base_lock = self.sketch, self.lock
        heads = []
        for _ in range(2):
            sketch = base.copy()
            for _ in range(data.draw(st.integers(0, 2))):
                Changes(data.draw).one(sketch)
            heads.append((sketch, self._settle(sketch, base_lock).lock))
        (ours, our_lock), (theirs, their_lock) = heads
        fields = [vars(each) for each in (base, ours, theirs)]
        self.sketch = Sketch(
            **{name: merged(*(each[name] for each in fields)) for name in vars(base)}
        )
        self.lock = merged_locks(base_lock, our_lock, their_lock)
        before = self.lock
        found = self._settle(self.sketch, before)
        lost = promises(before) - promises(found.lock)
        assert not lost, lost
        self._take(found)
        self._is_idle()

    @invariant()
    def nothing_is_given_twice(self) -> None:
        """Unless two deployed entries have it: then settling has told so."""
        if not self.settled:
            return
        found = verify(self.sketch.estate(), self.lock, AS_OF)
        told = {finding.subject for finding in self.findings if finding.code == "A002"}
        for finding in found:
            assert finding.code != "A001", finding
            assert finding.code != "A003" or self._is_known(finding), finding
            if finding.code == "A002":
                assert told, finding
                assert "planned" not in finding.what, finding

    def _is_known(self, finding: Finding) -> bool:
        return any(finding.subject == other.subject for other in self.findings)

    def _settle(self, sketch: Sketch, lock: Lock) -> Settled:
        return settle(sketch.estate(), lock, as_of=AS_OF)

    def _take(self, found: Settled) -> None:
        self.lock, self.findings = found.lock, found.findings
        Lock.model_validate(found.lock.model_dump(mode="json"))
        self.settled = True

    def _is_idle(self) -> None:
        again = self._settle(self.sketch, self.lock)
        assert not again.changes, again.changes
        assert texts_of(again.lock) == texts_of(self.lock)
        assert promised_to(again.lock) == promised_to(self.lock)


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(
    max_examples=examples(150),
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
