"""Asks cameras whether their RTSP servers answer: OPTIONS (RFC 2326), which needs no login."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.health.targets.model import Target

PORT = 554
_AT_ONE_TIME = 200
_MOST_BYTES = 256


async def answering(
    targets: Iterable[Target], port: int = PORT, timeout_s: float = 2.0
) -> dict[str, bool]:
    """Say of each camera whether it answers; any answer of RTSP will do, a refusal too."""
    free = asyncio.Semaphore(_AT_ONE_TIME)
    cameras = [target for target in targets if target.rtsp]

    async def one(target: Target) -> bool:
        async with free:
            return await answers(target.address, port, str(target.rtsp), timeout_s)

    told = await asyncio.gather(*map(one, cameras))
    return {target.id: answer for target, answer in zip(cameras, told, strict=True)}


async def answers(host: str, port: int, path: str, timeout_s: float) -> bool:
    """Say whether something at an address answers RTSP within a time."""
    try:
        async with asyncio.timeout(timeout_s):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(
                    f"OPTIONS rtsp://{host}:{port}{path} RTSP/1.0\r\nCSeq: 1\r\n\r\n".encode()
                )
                await writer.drain()
                said = await reader.read(_MOST_BYTES)
            finally:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()
    except (OSError, TimeoutError):
        return False
    return said.startswith(b"RTSP/1.")
