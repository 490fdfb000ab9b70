"""The codes of troubles, with their texts for `maille check --explain`."""

from __future__ import annotations

from maille.errors import Severity
from maille.rule_info import RuleInfo

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_RULES = (
    RuleInfo(
        "H001",
        "management lost",
        _WARNING,
        "maille",
        "A device shows that it lives (its stream flows, it answers RTSP, it records, or it "
        "answers SNMP's discovery) and its agent does not answer. See to the agent; what the "
        "device is there for goes on.",
    ),
    RuleInfo(
        "H002",
        "SNMP credentials rejected",
        _WARNING,
        "RFC 3414",
        "The device answers a discovery, and rejects the user, the authentication key or the "
        "privacy key. After an exchange it has still its factory's; during a rotation name the "
        "other credentials as `management.snmp.next`.",
    ),
    RuleInfo(
        "H003",
        "replaced device",
        _WARNING,
        "RFC 3411, snmpEngineID",
        "Another engine answers at the address than before: the device was exchanged or reset. "
        "Compare its serial number and MAC address with the inventory.",
    ),
    RuleInfo(
        "H004",
        "answers that are no SNMP",
        _WARNING,
        "RFC 3412",
        "What the device sends cannot be read, or a walk of it has no end. See its software.",
    ),
    RuleInfo(
        "H005",
        "another kind of device than the inventory's",
        _WARNING,
        "SNMPv2-MIB, sysObjectID",
        "The device's sysObjectID is none that its model has. Many cameras carry net-snmp's, and "
        "their profile allows it.",
    ),
    RuleInfo(
        "H006",
        "restarted",
        _WARNING,
        "RFC 3411, snmpEngineBoots; HOST-RESOURCES-MIB, hrSystemUptime",
        "The device or its agent began anew since the last round. "
        "sysUpTime alone would also tell it when it wraps, after 497 days.",
    ),
    RuleInfo(
        "H007",
        "credentials of the next rotation in use",
        _INFO,
        "maille",
        "The device takes `management.snmp.next` and no longer the user before it. Once all do, "
        "let it take the other's place in estate.yaml.",
    ),
    RuleInfo(
        "H010",
        "port down",
        _ERROR,
        "IF-MIB, ifOperStatus",
        "A port that the plan has something on is down: cable, power, or what hangs on it.",
    ),
    RuleInfo(
        "H011",
        "port slower than planned",
        _WARNING,
        "IF-MIB, ifHighSpeed",
        "A link or a camera has negotiated less than its plan; a damaged pair of a copper cable "
        "lets 1000BASE-T fall to 100 Mbit/s or 10.",
    ),
    RuleInfo(
        "H012",
        "camera draws no power",
        _ERROR,
        "POWER-ETHERNET-MIB (RFC 3621); the maker's MIB for watts",
        "The port feeds nothing: the camera is unplugged or dead, or the switch's budget is spent.",
    ),
    RuleInfo(
        "H013",
        "no video",
        _ERROR,
        "maille; the blueprint's bitrate",
        "The camera's port is up, and less than a tenth of the planned rate comes in: it sends no "
        "stream. A recorder that is away has the same effect on all of its cameras.",
    ),
    RuleInfo(
        "H014",
        "more traffic than planned",
        _WARNING,
        "maille; the blueprint's bitrate",
        "More than three times the planned rate comes in: another profile than the inventory's, a "
        "second stream, or another device.",
    ),
    RuleInfo(
        "H015",
        "another MAC address",
        _ERROR,
        "BRIDGE-MIB (RFC 4188), Q-BRIDGE-MIB (RFC 4363)",
        "The switch has learnt another MAC address on a camera's port than the inventory records, "
        "or has learnt the camera's on another port.",
    ),
    RuleInfo(
        "H016",
        "another neighbour than the cabling plan's",
        _WARNING,
        "LLDP-MIB, IEEE 802.1AB",
        "LLDP names another switch or port at the far end of a cable: cables were swapped, or the "
        "plan is wrong.",
    ),
    RuleInfo(
        "H017",
        "errors on a port",
        _WARNING,
        "IF-MIB, ifInErrors, ifOutErrors",
        "More than one frame a second is broken: a dirty connector, a bad cable, too little light.",
    ),
    RuleInfo(
        "H018",
        "discards on a port",
        _WARNING,
        "IF-MIB, ifInDiscards, ifOutDiscards",
        "More than ten frames a second find no room: the port carries more than it can.",
    ),
    RuleInfo(
        "H019",
        "port not found",
        _WARNING,
        "IF-MIB, ifName",
        "The switch has no port of the name that the plan gives: another model, a missing module.",
    ),
    RuleInfo(
        "H020",
        "strand of a bundle down",
        _WARNING,
        "IF-MIB, ifOperStatus",
        "A link of several strands has lost one: it carries less, and nothing is cut yet.",
    ),
    RuleInfo(
        "H021",
        "no answer to RTSP",
        _ERROR,
        "RFC 2326, OPTIONS",
        "The camera's RTSP server does not answer: no recorder gets a stream of it.",
    ),
    RuleInfo(
        "H022",
        "up and not recording",
        _ERROR,
        "maille",
        "The newest segment of a camera is older than it may be, whatever the camera itself says. "
        "The alarm that matters most to a centre: see the recorder, its share and `maille storage "
        "verify`.",
    ),
    RuleInfo("H030", "on battery", _ERROR, "UPS-MIB (RFC 1628)", "The mains are away."),
    RuleInfo(
        "H031",
        "battery low",
        _ERROR,
        "UPS-MIB (RFC 1628)",
        "The battery will not last: what it feeds goes down soon.",
    ),
    RuleInfo(
        "H032",
        "supply loaded too much",
        _WARNING,
        "UPS-MIB (RFC 1628)",
        "The battery lasts for less than was planned.",
    ),
    RuleInfo("H033", "little memory left", _WARNING, "UCD-SNMP-MIB", "See what runs on the host."),
    RuleInfo("H034", "high load", _WARNING, "UCD-SNMP-MIB", "See what runs on the host."),
    RuleInfo(
        "H035",
        "disk full or process missing",
        _ERROR,
        "UCD-SNMP-MIB, dskTable and prTable",
        "What `disk` and `proc` lines of the host's snmpd.conf watch is not as it should be.",
    ),
    RuleInfo("H036", "temperature", _WARNING, "the maker's MIB", "A sensor is out of its bounds."),
    RuleInfo(
        "H037",
        "memory card",
        _WARNING,
        "the maker's MIB",
        "The camera cannot write to its card. Recordings of the centre are not concerned.",
    ),
    RuleInfo("H038", "fan or supply failed", _WARNING, "the maker's MIB", "Exchange it."),
    RuleInfo(
        "H039",
        "sensor without a signal",
        _ERROR,
        "the maker's MIB",
        "The camera's own sensor gives no picture, whatever its stream carries.",
    ),
    RuleInfo(
        "H090",
        "profile that names an unknown object",
        _ERROR,
        "maille",
        "A profile asks for an object that neither it nor objects.yaml describes.",
    ),
)

HEALTH_RULES = {rule.code: rule for rule in _RULES}
"""What is known of a code: the text behind `maille check --explain`."""
