"""Small estates for tests, drawn by hand or by hypothesis.

A *sketch* is an estate as plain data, in the shape of its files: tests change it as people
change files, and `Sketch.estate()` gives the value that the code works on.

    sketch = Sketch()
    sketch.commune("28001")
    sketch.cabinet("28001", "mairie", ring="nord", cameras=3)
    estate = sketch.estate()
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from maille.inventory.schema.estate import Estate

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

INSEE_CODES = ("28001", "28002", "28003", "28085", "2A004")
CABINETS = ("ecole", "eglise", "gare", "mairie")
RINGS = ("nord", "ouest", "sud")

_NO_AGENT = "none"
_SOURCE = {"maker": "maker", "source": "data sheet"}
_ABILITY = {"snmp": {"auth": ["sha1"], "privacy": ["aes128"]}}
_LIMITS = {"vlans": 256, "mac_addresses": 8000, "acl_entries": 500}


def _switch_model(access: list[dict[str, Any]], uplinks: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        **_SOURCE,
        "title": "switch",
        "platform": "cisco_ios",
        "dialect": "iosxe",
        "access": access,
        "uplink": uplinks,
        "limits": _LIMITS,
        "ability": _ABILITY,
        "temperature_c": [-40, 75],
    }


def _ports(name: str, count: int, speed_mbps: int, media: str, poe: str = "none") -> dict[str, Any]:
    names = f"{name}{{1..{count}}}"
    return {"names": names, "speed_mbps": speed_mbps, "media": media, "poe": poe}


def _camera_model(poe: str) -> dict[str, Any]:
    return {
        **_SOURCE,
        "title": "camera",
        "kind": "fixed",
        "resolution": [1920, 1080],
        "max_fps": 30,
        "codecs": ["h264"],
        "poe": poe,
        "worst_w": 10.0,
        "snmp": _NO_AGENT,
        "temperature_c": [-40, 60],
        "rtsp_path": "/stream",
    }


CATALOGUE: dict[str, Any] = {
    "cameras": {
        "fixed": _camera_model("af"),
        "dome": _camera_model("at"),
        "ptz": _camera_model("bt-60"),
    },
    "switches": {
        "edge-8": _switch_model(
            [_ports("Gi1/", 6, 1000, "copper", "at"), _ports("Gi2/", 2, 1000, "copper", "bt-60")],
            [_ports("Te1/", 4, 1000, "sfp")],
        ),
        "edge-8-other": _switch_model(
            [_ports("Fa0/", 6, 100, "copper", "at"), _ports("Fa1/", 2, 100, "copper", "bt-90")],
            [_ports("Gi0/", 4, 1000, "sfp")],
        ),
        "edge-24": _switch_model(
            [_ports("Gi1/0/", 24, 1000, "copper", "bt-60")], [_ports("Te1/1/", 2, 10000, "sfp")]
        ),
        "core": _switch_model(
            [_ports("Eth1/", 24, 10000, "sfp")],
            [_ports("Eth2/", 12, 1000, "sfp"), _ports("Eth3/", 8, 10000, "sfp")],
        ),
    },
}
"""Edge switches with few strong PoE ports, so that tests meet their limits."""

SETTINGS: dict[str, Any] = {
    "estate": "essai",
    "title": "Essai",
    "pools": {
        "vlans": {
            "access": "100-199",
            "centre": "200-219",
            "transit": "220-229",
            "blackhole": 998,
            "native": 999,
        },
        "prefixes": {
            "video": ["10.0.0.0/21", "10.0.64.0/22"],
            "management": ["10.1.0.0/22"],
            "centre": ["10.2.0.0/24"],
            "transit": ["10.3.0.0/26"],
            "loopbacks": ["10.3.1.0/27"],
        },
    },
    "profiles": {"road": {"codec": "h264", "resolution": [1920, 1080], "fps": 12}},
    "views": {"road": "road"},
    "retention": {"days": 15},
    "live": {"mode": "relayed"},
    "storage": {
        "cluster": "ceph",
        "filesystem": "video",
        "ec": {"k": 4, "m": 2},
        "hosts": 7,
        "server": "ceph",
    },
    "management": {
        "domain_name": "video.example",
        "banner": "access for those who may",
        "local_user": {"name": "secours", "secret": "env:LOCAL"},
        "enable_secret": "env:ENABLE",
        "radius_key": "env:RADIUS",
        "snmp": {"user": "maille", "auth": "env:AUTH", "privacy": "env:PRIVACY"},
        "ntp_key": {"id": 1, "key": "env:NTP"},
        "ospf_key": "env:OSPF",
        "mst_region": "ESSAI",
    },
}

CENTRE: dict[str, Any] = {
    "title": "CSU",
    "kind": "CSU",
    "premises": [{"site": "centre", "since": "2020-01-01"}],
    "hours": {"opens": "07:30", "closes": "24:00"},
    "pair": "core",
    "management_segment": "services",
    "segments": {
        "recorders": {"title": "Recorders", "vrf": "VIDEO", "hosts": 4},
        "services": {"title": "Services", "vrf": "MGMT", "hosts": 6},
    },
    "hosts": {
        "rec-1": {"title": "Recorder", "role": "recorder", "segment": "recorders"},
        "rec-2": {"title": "Recorder", "role": "recorder", "segment": "recorders"},
        "ntp": {"title": "Time", "role": "ntp", "segment": "services", "count": 2},
    },
    "recorders": {
        key: {"host": key, "access": "cephfs", "retention_owner": "maille", "capacity_mbps": 500.0}
        for key in ("rec-1", "rec-2")
    },
    "firewall": {
        "title": "Firewall",
        "site": "centre",
        "legs": {"VIDEO": {"segment": "recorders"}, "MGMT": {"segment": "services"}},
    },
}


def _site(kind: str, switches: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": "Site",
        "kind": kind,
        "commune": "28085",
        "position": [48.4, 1.5],
        "power": {"supply": "grid"},
        "switches": switches,
    }


def _ring(pair: str) -> dict[str, Any]:
    route = [{"cable": "cable", "km": 10.0}]
    return {"title": "Ring", "pair": pair, "route": route, "optic": "lx"}


NETWORK: dict[str, Any] = {
    "supplies": {"grid": {"title": "Grid"}},
    "sites": {
        "centre": _site(
            "centre",
            {
                "core-1": {"model": "core", "role": "core"},
                "core-2": {"model": "core", "role": "core"},
                "office": {"model": "edge-24", "role": "access"},
            },
        ),
        "hub": _site(
            "aggregation",
            {
                "agg-1": {"model": "core", "role": "aggregation"},
                "agg-2": {"model": "core", "role": "aggregation"},
            },
        ),
    },
    "pairs": {
        "core": {"primary": "core-1", "secondary": "core-2"},
        "hub": {"primary": "agg-1", "secondary": "agg-2"},
    },
    "rings": {"nord": _ring("hub"), "ouest": _ring("hub"), "sud": _ring("core")},
    "links": {
        "core-hub": {
            "ends": ["core-1", "agg-1"],
            "role": "transit",
            "speed_mbps": 10000,
            "strands": [{"length_km": 2.0}, {"length_km": 2.0}],
        },
        "office-up": {
            "ends": ["core-2", "office"],
            "role": "trunk",
            "speed_mbps": 10000,
            "strands": [{"length_km": 0.1}],
        },
    },
}


class Sketch:
    """An estate as plain data."""

    def __init__(self, **parts: dict[str, Any]) -> None:
        """Start with a centre, two sites, three rings and no commune; `parts` replace some."""
        whole = {"settings": SETTINGS, "centre": CENTRE, "network": NETWORK}
        found = deepcopy({**whole, "communes": {}, "waves": {}, **parts})
        self.settings: dict[str, Any] = found["settings"]
        self.centre: dict[str, Any] = found["centre"]
        self.network: dict[str, Any] = found["network"]
        self.communes: dict[str, Any] = found["communes"]
        self.waves: dict[str, Any] = found["waves"]

    def __repr__(self) -> str:
        """Show what differs from one sketch to the other, in a failing test."""
        return f"<sketch {self.communes}>"

    def estate(self) -> Estate:
        """Give the estate that the sketch stands for."""
        return Estate.model_validate({"catalogue": CATALOGUE, **vars(self)})

    def commune(self, insee: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 — any field
        """Add a member commune, or change fields of one."""
        member = {"since": "2024-01-01", "convention": "convention"}
        entry = {"commune": f"Commune {insee}", "insee": insee, "member": member, "cabinets": {}}
        found: dict[str, Any] = self.communes.setdefault(insee, entry)
        found.update(more)
        return found

    def cabinet(
        self,
        insee: str,
        key: str,
        *,
        ring: str | None = "nord",
        parent: str | None = None,
        cameras: int = 0,
        switch: str = "edge-8",
        **more: Any,  # noqa: ANN401 — any field
    ) -> dict[str, Any]:
        """Add a cabinet on a ring, or on a spur off `parent`, with some cameras."""
        entry: dict[str, Any] = {
            "place": "Place",
            "position": [48.4, 1.5],
            "switch": switch,
            "power": {"supply": "grid"},
            "cameras": {},
            "attachment_points": {},
            **more,
        }
        if parent:
            spur = {"parent": parent, "medium": "radio", "capacity_mbps": 300}
            entry["spur"] = {**spur, "strand": {"length_km": 1.0}}
        else:
            entry |= {"ring": ring, "at_km": 1.0}
        self.communes[insee]["cabinets"][key] = entry
        for _ in range(cameras):
            self.camera(insee, key)
        return entry

    def camera(self, insee: str, cabinet: str, key: str = "", **more: Any) -> str:  # noqa: ANN401
        """Add a camera to a cabinet; gives its id."""
        key = key or self.free_camera(insee)
        entry = {"model": "fixed", "place": "Corner", "view": "road", **more}
        self.communes[insee]["cabinets"][cabinet]["cameras"][key] = entry
        return key

    def free_camera(self, insee: str) -> str:
        """Give the first id that no camera of the estate has."""
        taken = {
            camera
            for commune in self.communes.values()
            for cabinet in commune["cabinets"].values()
            for camera in cabinet["cameras"]
        }
        return next(
            key for n in range(1, 10_000) if (key := f"{insee.lower()}-{n:04}") not in taken
        )

    def copy(self) -> Sketch:
        """Give a sketch that changes by itself."""
        return deepcopy(self)

    def reordered(self) -> Sketch:
        """Give the same estate with everything written in another order."""
        return Sketch(**{name: _backwards(value) for name, value in vars(self).items()})


def cabinet_id(insee: str, cabinet: str) -> str | None:
    """Give the id that a spur may name as its parent; those of Corsica can't be named."""
    return f"{insee}-{cabinet}" if insee.isdigit() else None


def _backwards(value: Any) -> Any:  # noqa: ANN401 — any plain data
    if isinstance(value, dict):
        return {key: _backwards(value[key]) for key in reversed(value)}
    return value


@st.composite
def sketches(draw: DrawFn, *, communes: int = 4, cabinets: int = 3, cameras: int = 5) -> Sketch:
    """Draw small estates: communes on three rings and two pairs, some spurs and PPMS sites."""
    sketch = Sketch()
    for insee in draw(st.lists(st.sampled_from(INSEE_CODES), unique=True, max_size=communes)):
        sketch.commune(insee)
        keys = draw(st.lists(st.sampled_from(CABINETS), unique=True, max_size=cabinets))
        for index, key in enumerate(keys):
            parents = [None, "agg-1", cabinet_id(insee, keys[0]) if index else None]
            sketch.cabinet(
                insee,
                key,
                ring=draw(st.sampled_from(RINGS)),
                parent=draw(st.sampled_from(parents)),
                switch=draw(st.sampled_from(("edge-8", "edge-24"))),
            )
            if draw(st.booleans()):
                sketch.communes[insee]["cabinets"][key]["ppms"] = {"site": "school", "pupils": 90}
            for _ in range(draw(st.integers(0, cameras))):
                sketch.camera(insee, key, model=draw(st.sampled_from(("fixed", "dome", "ptz"))))
    return sketch
