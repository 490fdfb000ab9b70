"""Whether a camera's RTSP server answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from maille.health.rtsp import answers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Served = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def saying(answer: bytes, asked: list[bytes]) -> Served:
    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer)
        await writer.drain()
        writer.close()

    return served


async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


async def _asked(served: Served, timeout_s: float) -> bool:
    server = await asyncio.start_server(served, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        return await answers("127.0.0.1", port, "/axis-media/media.amp", timeout_s)


@pytest.mark.parametrize(
    ("answer", "lives"),
    [
        (b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS, DESCRIBE\r\n\r\n", True),
        (b"RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\n\r\n", True),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", False),
        (b"", False),
    ],
)
def test_any_answer_of_rtsp_is_a_sign_of_life(answer: bytes, *, lives: bool) -> None:
    asked: list[bytes] = []
    assert asyncio.run(_asked(saying(answer, asked), 10.0)) is lives
    assert asked[0].startswith(b"OPTIONS rtsp://127.0.0.1:")


def test_a_server_that_says_nothing_does_not_live() -> None:
    assert not asyncio.run(_asked(mute, 0.2))


def test_a_port_without_a_server_does_not_live() -> None:
    assert not asyncio.run(answers("127.0.0.1", 1, "/", 2.0))
