"""AgentX on the wire, against bytes written down by hand from RFC 2741."""

from __future__ import annotations

import struct

import pytest

from maille.twin.agents import agentx
from maille.twin.agents.agentx import Header, Kind, Range
from maille.twin.agents.objects.values import Type, Value

_SYS_DESCR = (1, 3, 6, 1, 2, 1, 1, 1, 0)


def test_a_get_is_read_with_its_context() -> None:
    body = bytes.fromhex(
        "00000008 766c616e2d343031"  # the context, vlan-401
        "04 02 00 00 00000001 00000001 00000001 00000000"  # internet.2 . 1.1.1.0
        "00 00 00 00"  # no end
    )
    header = Header(Kind.GET, 0x18, 7, 8, 9, len(body))

    request = agentx.read_request(header, body)

    assert request.context == "vlan-401"
    assert request.ranges == (Range(_SYS_DESCR, included=False, end=()),)


def test_a_bulk_is_read_in_the_byte_order_of_its_sender() -> None:
    body = struct.pack("<HH", 1, 10) + bytes.fromhex("02 00 01 00") + struct.pack("<II", 1, 0)
    body += bytes.fromhex("02 00 00 00") + struct.pack("<II", 1, 2)
    header = Header(Kind.GET_BULK, 0, 7, 8, 9, len(body))

    request = agentx.read_request(header, body)

    assert (request.non_repeaters, request.repetitions) == (1, 10)
    assert request.ranges == (Range((1, 0), included=True, end=(1, 2)),)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Value(Type.INTEGER, -1), "0002 0000 {oid} ffffffff"),
        (Value(Type.OCTETS, b"Gi1/3"), "0004 0000 {oid} 00000005 4769312f33 000000"),
        (Value(Type.COUNTER64, 2**40), "0046 0000 {oid} 0000010000000000"),
        (Value(Type.OID, (1, 0, 8802)), "0006 0000 {oid} 03000000 00000001 00000000 00002262"),
        (None, "0080 0000 {oid}"),
    ],
)
def test_an_answer_has_its_value_padded_and_typed(value: Value | None, expected: str) -> None:
    name = "04020000 00000001 00000001 00000001 00000000"
    header = Header(Kind.GET, 0x10, 7, 8, 9, 0)

    sent = agentx.response(header, [(_SYS_DESCR, value, False)])

    binding = bytes.fromhex(expected.format(oid=name))
    head = bytes.fromhex("01 12 10 00 00000007 00000008 00000009")
    assert sent == head + struct.pack(">IIHH", 8 + len(binding), 0, 0, 0) + binding


def test_another_version_is_no_agentx() -> None:
    with pytest.raises(ValueError, match="AgentX 2"):
        agentx.read_header(bytes([2, Kind.GET, 0x10, 0]) + bytes(16))
