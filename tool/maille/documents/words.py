"""The words for what the model names by short keys, to be translated where they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.tongue import Tongue


def N_(message: str) -> str:  # noqa: N802 - the name under which gettext's tools know it
    """Mark a text for the catalogue; it is translated later."""
    return message


VIEW: Final = {
    "square": N_("square"),
    "road": N_("road"),
    "entrance": N_("entrance"),
    "plate": N_("number plates"),
    "school": N_("school"),
    "station": N_("station"),
    "building": N_("building"),
    "car-park": N_("car park"),
    "event": N_("event"),
}
CAMERA_KIND: Final = {
    "fixed": N_("fixed"),
    "dome": N_("dome"),
    "ptz": N_("PTZ"),
    "multisensor": N_("multisensor"),
    "lpr": N_("plate reader"),
}
WAVE_STATE: Final = {
    "planned": N_("planned"),
    "building": N_("being built"),
    "in-service": N_("in service"),
    "accepted": N_("accepted"),
}
CONVENTION_KIND: Final = {
    "member": N_("membership"),
    "state": N_("with the State"),
    "coordination": N_("coordination"),
    "access": N_("access"),
}
ACCESS: Final = {
    "live": N_("live"),
    "recorded": N_("recorded"),
    "export": N_("export"),
}
GRANT_MODE: Final = {
    "permanent": N_("permanent"),
    "on-request": N_("on request"),
    "requisition": N_("on requisition"),
}
MEDIUM: Final = {
    "fibre": N_("fibre"),
    "dac": N_("direct-attach cable"),
    "copper": N_("copper"),
    "radio": N_("radio"),
    "leased": N_("leased line"),
}
LINK_ROLE: Final = {
    "ring": N_("ring"),
    "spur": N_("spur"),
    "trunk": N_("trunk"),
    "peer": N_("within a pair"),
    "transit": N_("routed"),
}
PORT_KIND: Final = {
    "camera": N_("camera"),
    "point": N_("attachment point"),
    "spare": N_("free"),
    "ring": N_("ring"),
    "spur-up": N_("spur, upwards"),
    "spur-down": N_("spur, downwards"),
    "trunk": N_("trunk"),
    "peer": N_("within a pair"),
    "transit": N_("routed"),
    "host": N_("host"),
    "firewall": N_("firewall"),
}
HOST_ROLE: Final = {
    "recorder": N_("recorder"),
    "vms": N_("viewing software"),
    "ntp": N_("time"),
    "syslog": N_("logs"),
    "radius": N_("authentication"),
    "dns": N_("names"),
    "poller": N_("monitoring"),
    "management": N_("management"),
    "ceph": N_("storage"),
    "workstation": N_("workstation"),
    "wall": N_("video wall"),
    "agency": N_("agency"),
    "firewall": N_("firewall"),
}
FAILURE: Final = {
    "link": N_("link"),
    "switch": N_("switch"),
    "cable": N_("cable"),
    "duct": N_("duct"),
    "site": N_("site"),
    "supply": N_("power supply"),
}
SEVERITY: Final = {
    "error": N_("error"),
    "warning": N_("warning"),
    "info": N_("remark"),
}
FUNCTION: Final = {
    "cameras": N_("cameras"),
    "ppms": N_("PPMS"),
    "management": N_("management"),
    "centre": N_("centre"),
}
PPMS_SITE: Final = {
    "school": N_("school"),
    "college": N_("lower secondary school"),
    "lycee": N_("upper secondary school"),
    "creche": N_("crèche"),
    "other": N_("other site"),
}
PLACE_KIND: Final = {
    "bus-station": N_("bus station"),
    "rail-station": N_("rail station"),
    "school": N_("school"),
    "square": N_("square"),
    "road": N_("road"),
    "building": N_("building"),
}
SWITCH_ROLE: Final = {
    "core": N_("core"),
    "aggregation": N_("aggregation"),
    "access": N_("access"),
}
POOL: Final = {
    "vlans.access": N_("VLANs of rings"),
    "vlans.centre": N_("VLANs of the centre"),
    "prefixes.video": N_("addresses of cameras"),
    "prefixes.management": N_("addresses of switches"),
    "prefixes.centre": N_("addresses of the centre"),
    "prefixes.transit": N_("transit networks"),
    "prefixes.loopbacks": N_("loopbacks"),
}
ANALYTIC: Final = {
    "alert": N_("raises an alert"),
    "steer": N_("steers a camera"),
    "follow-vehicle": N_("follows a vehicle"),
}
SOURCE: Final = {
    "measured": N_("measured"),
    "estimated": N_("estimated"),
}
CATEGORY: Final = {
    "switch": N_("Switches"),
    "camera": N_("Cameras"),
    "optic": N_("Transceivers and direct-attach cables"),
    "server": N_("Servers and workstations"),
    "cable": N_("Fibre cables"),
}


def word(tongue: Tongue, words: dict[str, str], key: str) -> str:
    """Give the word for a key in a language."""
    return tongue.gettext(words[key])


def ppms_site(tongue: Tongue, site: str) -> str:
    """Name the kind of a site that has a safety plan."""
    return tongue.gettext("PPMS: {site}").format(site=word(tongue, PPMS_SITE, site))


def listed(tongue: Tongue, words: dict[str, str], keys: Iterable[str]) -> str:
    """Give the words for several keys, with commas between."""
    return ", ".join(word(tongue, words, key) for key in keys)
